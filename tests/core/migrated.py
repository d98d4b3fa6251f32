"""Databases brought from migration to migration, with a row in each table as it comes."""

import re
from datetime import date, datetime

from alembic.script import ScriptDirectory
from flask_migrate import Config, upgrade
from sqlalchemy import JSON, CheckConstraint, MetaData, select

from cityexchange.core.db import db

NUMBERS = {"per_city": 1}
"""Where any five would be against a check."""
REQUIRED = {"outgoing_mails": {"address": "x", "locale": "en"}, "notification_choices": {"kind": "reply"}}
"""What a check asks for although each column by itself may be empty, or one that is no more today."""
FILLED = {"seats": {"city_id"}, "suspensions": {"city_id"}, "place_offers": {"city_id"}}
"""Keys that may be empty, but not here."""


def scripts(app):
    """All of them, oldest first."""
    config = Config()
    config.set_main_option("script_location", app.extensions["migrate"].directory)
    return list(ScriptDirectory.from_config(config).walk_revisions())[::-1]


def revisions(app):
    return [script.revision for script in scripts(app)]


def existing_tables():
    metadata = MetaData()
    metadata.reflect(db.engine)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def values_for(table, ids):
    """One row that the table takes: keys point at the rows made before, choices take their first word."""
    checks = {
        c for c in db.metadata.tables.get(table.name, table).constraints if isinstance(c, CheckConstraint)
    }
    choices = dict(
        found.groups() for c in checks if (found := re.match(r"(\w+) IN \('([^']+)'", str(c.sqltext)))
    )
    row = dict(REQUIRED.get(table.name, {}))
    for column in table.columns:
        keys = list(column.foreign_keys)
        is_left_out = column.nullable and column.name not in FILLED.get(table.name, ())
        if (
            is_left_out
            or column.name in row
            or (column.primary_key and not keys and column.type.python_type is int)
        ):
            continue
        row[column.name] = (
            ids[keys[0].column.table.name] if keys else choices.get(column.name) or blank(column)
        )
    return row


def blank(column):
    if isinstance(column.type, JSON):
        return {}
    kinds = {
        int: NUMBERS.get(column.name, 5),
        str: "x",
        bytes: b"x",
        bool: False,
        float: 0.0,
        date: date(2026, 1, 2),
    }
    return (kinds | {datetime: datetime(2026, 1, 2, 3, 4)})[column.type.python_type]


def fill(tables, ids):
    with db.engine.begin() as connection:
        for table in tables:
            made = connection.execute(table.insert().values(values_for(table, ids)))
            ids[table.name] = made.inserted_primary_key[0]


def bring_to(app, revision):
    """Upwards, with a row in each table as it comes; the keys of these rows by table."""
    ids = {}
    known = revisions(app)
    for each in known[: known.index(revision) + 1]:
        upgrade(revision=each)
        fill([table for table in existing_tables() if table.name not in ids], ids)
    return ids


def kept_in(name):
    (table,) = (table for table in existing_tables() if table.name == name)
    with db.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.id))]

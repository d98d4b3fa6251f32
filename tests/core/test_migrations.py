"""The migrations make the models of today, on the database of this run, from empty and with rows in every table."""

import re
from datetime import date, datetime

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import Config, check, downgrade, upgrade
from sqlalchemy import JSON, CheckConstraint, MetaData, UniqueConstraint, inspect, select

from cityexchange.app import create_app
from cityexchange.core import migrating, readiness
from cityexchange.core.db import db
from config import TestConfig
from tests.session import new_database

NUMBERS = {"per_city": 1}
"""Where any five would be against a check."""
REQUIRED = {"outgoing_mails": {"address": "x", "locale": "en"}}
"""What a check asks for although each column by itself may be empty."""
FILLED = {"seats": {"city_id"}, "suspensions": {"city_id"}, "place_offers": {"city_id"}}
"""Keys that may be empty, but not here."""
pytestmark = [pytest.mark.no_app, pytest.mark.every_database]


@pytest.fixture
def fresh(tmp_path):
    """An application on an empty database of its own."""

    class Settings(TestConfig):
        DATA_FOLDER = str(tmp_path)
        SQLALCHEMY_DATABASE_URI = new_database("migrations", tmp_path)

    app = create_app(Settings)
    migrating.init_app(app)
    # Other tests of this process may have brought models of their own.
    app.extensions["migrate"].configure_args["include_object"] = lambda item, name, kind, *_: (
        kind != "table" or not name.startswith("test_")
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def revisions(app):
    """All of them, oldest first."""
    config = Config()
    config.set_main_option("script_location", app.extensions["migrate"].directory)
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def existing_tables():
    metadata = MetaData()
    metadata.reflect(db.engine)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def values_for(table, ids):
    """One row that the table takes: keys point at the rows made before, choices take their first word."""
    checks = {c for c in db.metadata.tables[table.name].constraints if isinstance(c, CheckConstraint)}
    choices = dict(
        found.groups() for c in checks if (found := re.match(r"(\w+) IN \('([^']+)'", str(c.sqltext)))
    )
    row = dict(REQUIRED.get(table.name, {}))
    for column in table.columns:
        keys = list(column.foreign_keys)
        is_left_out = column.nullable and column.name not in FILLED.get(table.name, ())
        if is_left_out or (column.primary_key and not keys and column.type.python_type is int):
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


def test_from_empty_they_make_exactly_the_models(fresh):
    upgrade()

    check()


def test_rows_written_before_a_migration_are_there_after_it(fresh):
    ids, known = {}, set()
    for revision in revisions(fresh):
        upgrade(revision=revision)
        fill([table for table in existing_tables() if table.name not in known], ids)
        known |= {table.name for table in existing_tables()}

    with db.engine.connect() as connection:
        empty = {t.name for t in existing_tables() if connection.execute(select(t).limit(1)).first() is None}
    assert known == {name for name in db.metadata.tables if not name.startswith("test_")}
    assert empty == set()


def test_readiness_reads_the_newest_from_the_files_as_alembic_does(fresh):
    assert readiness.newest() == {revisions(fresh)[-1]}


def test_readiness_knows_a_database_that_lags_behind(fresh, monkeypatch):
    monkeypatch.setattr(fresh, "testing", False)
    ask = readiness.migrations.__wrapped__
    for behind in (None, revisions(fresh)[-2]):
        if behind:
            upgrade(revision=behind)
        with pytest.raises(readiness.MigrationsPending):
            ask()
        db.session.rollback()
    upgrade()
    assert ask() == "ok"


def test_every_way_up_has_a_way_down(fresh):
    upgrade()
    downgrade(revision="base")

    assert existing_tables() == []


def test_every_constraint_in_the_database_has_a_name(fresh):
    """But for the primary keys of SQLite, whose AUTOINCREMENT leaves no place for one."""
    upgrade()
    inspector = inspect(db.engine)
    for table in (table.name for table in existing_tables()):
        found = inspector.get_foreign_keys(table) + inspector.get_unique_constraints(table)
        found += inspector.get_check_constraints(table)
        assert all(constraint["name"] for constraint in found), table


def test_models_name_every_constraint():
    unnamed = [
        (table.name, constraint)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint) and not constraint.name
    ]
    assert unnamed == []

"""The migrations make the models of today, on the database of this run, from empty and with rows in every table."""

import re
from datetime import date, datetime

import pytest
from alembic.script import ScriptDirectory
from flask_migrate import Config, check, downgrade, upgrade
from sqlalchemy import JSON, CheckConstraint, MetaData, UniqueConstraint, inspect, select, text

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
    there = {table.name for table in existing_tables()}
    assert there <= known and there == {name for name in db.metadata.tables if not name.startswith("test_")}
    assert empty == set()


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


def test_steps_keep_who_took_them_and_the_reason_with_its_language_both_ways(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_steps.py"))
    ids = bring_to(fresh, script.down_revision)
    (visits,) = (table for table in existing_tables() if table.name == "visit_changes")
    (workshops,) = (table for table in existing_tables() if table.name == "workshop_state_changes")
    with db.engine.begin() as connection:
        connection.execute(visits.update().values(reason="", actor_id=ids["members"]))
        told = values_for(visits, ids) | {"reason": "Sturm", "reason_language": "de"}
        connection.execute(visits.insert().values(told))
        connection.execute(workshops.update().values(author_id=ids["members"]))
        connection.execute(workshops.insert().values(values_for(workshops, ids) | {"language": "fr"}))
    before = kept_in("visit_changes"), kept_in("workshop_state_changes")

    upgrade(revision=script.revision)
    after = kept_in("visit_changes"), kept_in("workshop_state_changes")
    downgrade(revision=script.down_revision)

    for was, then in zip(before[0] + before[1], after[0] + after[1], strict=True):
        assert then["actor_id"] == (was["actor_id"] if "actor_id" in was else was["author_id"])
        assert then["language"] == (was.get("language") or was.get("reason_language") or "en")
        assert all(then[name] == was[name] for name in ("id", "from_state", "to_state", "reason", "at"))
    assert (kept_in("visit_changes"), kept_in("workshop_state_changes")) == before


OLD_ADDRESSES = [
    # what stood there, whether somebody had read a mail to it, what stands there now
    ("zoe@faß.example", False, "zoe@faß.example"),
    ("Ana@FASS.example.", True, "ana@fass.example"),
    ("ben@straße.example", True, "ben@strasse.example"),
    ("nour@βόλος.example", True, "nour@βόλοσ.example"),
    ("hela@zu\u0308rich.example", True, "hela@zürich.example"),
    ("ｌｉ＠上海。example", False, "li@上海.example"),
    ("sami@rome.example", True, "sami@rome.example"),
    ("nobody", False, "nobody"),
]


def test_old_addresses_come_to_their_one_form_and_what_was_proven_stays_with_who_proved_it(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_addresses.py"))
    ids = bring_to(fresh, script.down_revision)
    (members,) = (table for table in existing_tables() if table.name == "members")
    with db.engine.begin() as connection:
        for number, (typed, is_proven, _) in enumerate(OLD_ADDRESSES):
            own = {"handle": f"m{number}", "fs_uniquifier": f"m{number}", "email": typed}
            own |= {"email_confirmed_at": datetime(2026, 1, 2)} if is_proven else {}
            connection.execute(members.insert().values(values_for(members, ids) | own))

    upgrade(revision=script.revision)

    for (_, _, form), row in zip(OLD_ADDRESSES, kept_in("members")[1:], strict=True):
        assert row["email"] == form


def test_two_that_come_to_one_address_stay_two_and_are_named(fresh, caplog):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_addresses.py"))
    ids = bring_to(fresh, script.down_revision)
    (members,) = (table for table in existing_tables() if table.name == "members")
    told = ["Ana@town.example", "ana@TOWN.example", "ben@town.example"]
    with db.engine.begin() as connection:
        for typed in told:
            own = {"handle": typed, "fs_uniquifier": typed, "email": typed}
            connection.execute(members.insert().values(values_for(members, ids) | own))

    upgrade(revision=script.revision)

    _, first, second, other = kept_in("members")
    assert [row["email"] for row in (first, second, other)] == ["ana@town.example", told[1], told[2]]
    assert f"members {second['id']}" in caplog.text and "town.example" not in caplog.text


def test_what_was_followed_and_muted_before_there_were_levels_is_so_afterwards_both_ways(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_levels.py"))
    ids = bring_to(fresh, script.down_revision)
    tables = {table.name: table for table in existing_tables()}
    (topic,) = kept_in("topics")
    with db.engine.begin() as connection:
        connection.execute(tables["occupancies"].update().values(is_muted=True))
        connection.execute(tables["follows"].update().values(level="normal", since=datetime(2026, 1, 2)))
        further = topic | {"id": topic["id"] + 1}
        connection.execute(tables["topics"].insert().values(further))
        mine = {"member_id": ids["members"], "topic_id": further["id"], "level": "following"}
        connection.execute(tables["follows"].insert().values(mine | {"since": datetime(2026, 1, 3)}))

    upgrade(revision=script.revision)

    told = [
        (row["member_id"], row["record_type"], row["record_id"], row["level"]) for row in kept_in("follows")
    ]
    who, room = ids["members"], ids["rooms"]
    levels = [
        ("Topic", topic["id"], "normal"),
        ("Topic", further["id"], "following"),
        ("Room", room, "muted"),
    ]
    assert told == [(who, *level) for level in levels]

    downgrade(revision=script.down_revision)

    (follows,) = (table for table in existing_tables() if table.name == "follows")
    with db.engine.connect() as connection:
        rows = connection.execute(select(follows.c.topic_id, follows.c.level).order_by(follows.c.since)).all()
    assert rows == [(topic["id"], "normal"), (further["id"], "following")]
    assert [row["is_muted"] for row in kept_in("occupancies")] == [True]


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


def test_names_that_were_there_before_are_found_as_people_type_them(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_folded_names.py"))
    bring_to(fresh, script.down_revision)
    for name in ("members", "cities", "organisations"):
        (table,) = (table for table in existing_tables() if table.name == name)
        with db.engine.begin() as connection:
            connection.execute(table.update().values(name="Łukasz Núñez"))

    upgrade(revision=script.revision)
    assert [kept_in(name)[0]["folded"] for name in ("members", "cities", "organisations")] == [
        "lukasz nunez"
    ] * 3
    downgrade(revision=script.down_revision)
    assert "folded" not in kept_in("members")[0]


def test_who_had_switched_mails_off_gets_none_after_there_is_one_table_of_choices(fresh):
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_choices.py"))
    member = bring_to(fresh, script.down_revision)["members"]
    (before,) = (table for table in existing_tables() if table.name == "mail_preferences")
    said = [("replies", False), ("mentions", True), ("an older kind", False)]
    with db.engine.begin() as connection:
        for table in ("mail_preferences", "notification_choices"):
            connection.execute(text(f"DELETE FROM {table}"))
        for kind, is_on in said:
            row = {"member_id": member, "kind": kind, "is_on": is_on}
            connection.execute(
                before.insert().values(
                    **row, created_at=datetime(2026, 1, 2), updated_at=datetime(2026, 1, 2)
                )
            )

    upgrade(revision=script.revision)
    (choices,) = (table for table in existing_tables() if table.name == "notification_choices")
    kept = select(choices.c.member_id, choices.c.kind, choices.c.mailing, choices.c.is_here)
    with db.engine.connect() as connection:
        assert connection.execute(kept).all() == [(member, "reply", "never", True)]
    downgrade(revision=script.down_revision)
    assert [(one["kind"], one["is_on"]) for one in kept_in("mail_preferences")] == [("replies", False)]

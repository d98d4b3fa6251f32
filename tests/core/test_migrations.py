"""The migrations make the models of today, on the database of this run, from empty and with rows in every table."""

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect, select

from cityexchange.core import readiness
from cityexchange.core.db import db
from tests.core.migrated import existing_tables, fill, revisions

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]


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

"""Brings a database to the models of today. Runs inside the application's context, by `flask --app wsgi db ...`."""

from alembic import context
from flask import current_app

from cityexchange.core.commands import insist_on_database
from cityexchange.core.databases import sqlite
from cityexchange.core.db import UTCDateTime

config = context.config
database = current_app.extensions["migrate"].db


def as_stored(kind: str, item: object, _context: object) -> str | bool:
    """A migration names what the database stores, so that it outlives our own types."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


def run_migrations() -> None:
    """One transaction for all. SQLite rebuilds tables to alter them, so its keys are off meanwhile, then checked."""
    insist_on_database()
    with database.engine.connect() as connection:
        is_sqlite = sqlite.suspend_foreign_keys(connection)
        options = current_app.extensions["migrate"].configure_args
        context.configure(
            connection=connection, target_metadata=database.metadata, render_item=as_stored, **options
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                sqlite.insist_on_foreign_keys(connection)
        connection.commit()
        if is_sqlite:
            sqlite.resume_foreign_keys(connection)


run_migrations()

"""The commands of the application speak plainly: what the person at the keyboard can mend is one sentence, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from cityexchange.core import readiness
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.trouble import Trouble


class Commands(AppGroup):
    """All of one application's own, whoever adds them."""

    def __init__(self, app: Flask):
        super().__init__(app.name)
        self.app = app

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if command := super().get_command(ctx, cmd_name):
            ctx.with_resource(plainly(self.app))
        return command


@contextmanager
def plainly(app: Flask) -> Iterator[None]:
    """Trouble where the database or a file is not as commands need it; what else goes wrong is ours, and keeps its traceback."""
    try:
        yield
    except DBAPIError:
        with app.app_context():
            insist_on_tables()
        raise
    except OSError as error:
        if error.filename is None:
            raise
        raise Trouble(f"{error.filename} cannot be used: {error.strerror}.") from error


def insist_on_database() -> None:
    """Trouble where no line to it can be had."""
    try:
        db.engine.raw_connection().close()
    except db.engine.dialect.loaded_dbapi.Error as error:
        address = db.engine.url.render_as_string(hide_password=True)
        reason = str(error).strip().splitlines()[0]
        raise Trouble(
            f"The database {address} cannot be opened ({reason}); DATABASE_URL names it."
        ) from error


def insist_on_tables() -> None:
    """Trouble where the database is not the one that this code knows."""
    insist_on_database()
    try:
        with unit_of_work(writing=False):
            readiness.migrations()
    except readiness.MigrationsPending as error:
        raise Trouble(
            "The database is behind the code; bring it up to date first: flask --app wsgi db upgrade"
        ) from error

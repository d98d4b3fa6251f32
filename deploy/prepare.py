"""Brings the database up to date and gives an empty one its illustrative community (development only).

Run by deploy/run.py in the virtual environment, as one process: every Python start costs a second. Where nothing is to be done the
database's driver sees that alone; the application, which takes a second and a half of CPU, is not even loaded.
"""

import sys
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cityexchange import migrations
from config import chosen
from plain import Trouble, plainly

FORMS = {
    # As SQLAlchemy writes an address: (the driver, what takes its place for the driver)
    "sqlite:////": ("sqlite3", "/"),
    "postgresql+psycopg://": ("psycopg", "postgresql://"),
}


@plainly
def main():
    config = chosen()
    is_wanted = config.ENV_NAME == "development"
    revisions, has_members = seen(config.SQLALCHEMY_DATABASE_URI)
    if unknown := revisions - migrations.known():
        raise Trouble(
            f"The database is newer than this code, which does not know its migration {min(unknown)}: update the code."
        )
    if revisions != migrations.newest() or (is_wanted and not has_members):
        bring_up_to_date(is_wanted)


def seen(address):
    """(the revisions that the database says it is at, whether it has members), as far as can be read without the application."""
    # Any trouble is no answer: then the application looks for itself, and finds words for it.
    with suppress(Exception), closing(opened(address)) as line:
        revisions = {row[0] for row in line.execute("select version_num from alembic_version")}
        return revisions, line.execute("select 1 from members limit 1").fetchone() is not None
    return set(), False


def opened(address):
    """A connection by the driver itself. StopIteration for an address that only SQLAlchemy understands."""
    form = next(form for form in FORMS if address.startswith(form) and "?" not in address)
    driver, begin = FORMS[form]
    return import_module(driver).connect(begin + address.removeprefix(form))


def bring_up_to_date(is_wanted):
    from sqlalchemy.exc import OperationalError

    from cityexchange.core import trouble

    try:
        app = upgraded()
    except trouble.Trouble as told:
        raise Trouble(told.message) from None
    except OperationalError as error:
        if error.statement:  # it was reached, and something else went wrong
            raise
        reason = " ".join(str(error.orig).split())
        raise Trouble(f"The database cannot be opened: {reason}. Its address is DATABASE_URL.") from None
    if is_wanted and is_empty(app):
        load_community(app)


def upgraded():
    """The application, with a database that is up to date."""
    import logging

    from flask_migrate import upgrade

    from cityexchange.core import migrating
    from wsgi import app

    logging.disable(logging.INFO)  # each migration would announce itself
    migrating.init_app(app)
    with app.app_context():
        upgrade()
    return app


def is_empty(app):
    from sqlalchemy import select

    from cityexchange.core.db import at_most, db
    from cityexchange.members.models import Member

    with app.app_context():
        return db.session.scalar(select(Member.id).limit(at_most(1))) is None


def load_community(app):
    print("Loading the illustrative community ...", flush=True)
    done = app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)
    if done.exit_code:
        sys.exit(done.output)


if __name__ == "__main__":
    main()

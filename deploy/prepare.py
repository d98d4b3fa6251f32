"""Brings the database up to date and gives an empty one its illustrative community (development only).

Run by deploy/run.py in the virtual environment, as one process: every Python start costs a second.
"""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask_migrate import upgrade
from sqlalchemy import inspect, text

from cityexchange.core import migrating
from cityexchange.core.db import db
from cityexchange.core.trouble import Trouble


def prepare():
    from wsgi import app  # which may be in trouble

    migrating.init_app(app)
    with app.app_context():
        upgrade()
        is_first_time = is_wanted(app) and is_empty()
    if is_first_time:
        print("Loading the illustrative community ...", flush=True)
        done = app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)
        if done.exit_code:
            sys.exit(done.output)


def is_wanted(app):
    return app.config["ENV_NAME"] == "development" and "demo" in app.cli.commands


def is_empty():
    if not inspect(db.engine).has_table("members"):
        return False
    with db.engine.connect() as connection:
        return connection.execute(text("select 1 from members limit 1")).first() is None


if __name__ == "__main__":
    logging.disable(logging.INFO)  # each migration would announce itself
    try:
        prepare()
    except Trouble as trouble:
        sys.exit(trouble.message)

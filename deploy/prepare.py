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
from wsgi import app


def prepare():
    migrating.init_app(app)
    with app.app_context():
        upgrade()
        is_first_time = is_wanted() and is_empty()
    if is_first_time:
        print("Loading the illustrative community ...", flush=True)
        done = app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False)
        if done.exit_code:
            sys.exit(done.output)


def is_wanted():
    return app.config["ENV_NAME"] == "development" and "demo" in app.cli.commands


def is_empty():
    if not inspect(db.engine).has_table("members"):
        return False
    with db.engine.connect() as connection:
        return connection.execute(text("select 1 from members limit 1")).first() is None


if __name__ == "__main__":
    logging.disable(logging.INFO)  # each migration would announce itself
    prepare()

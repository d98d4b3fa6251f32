"""What must hold before we take requests: database, Redis where there is one, migrations; the worker adds its own."""

import re
import time
from functools import wraps
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, text
from werkzeug.utils import import_string

from cityexchange.core.db import db
from cityexchange.core.registries import Registry

checks = Registry("checks of /readyz: f() raises, or returns a short word")
NAMES = re.compile(r"^((?:down_)?revision) = '(\w+)'", re.MULTILINE)
REMEMBERED = 5.0
"""Seconds for which a costly check's good answer holds."""


class MigrationsPending(Exception):
    """The database is behind the code: flask --app wsgi db upgrade."""


def remembered(check):
    """Asks again only after a few seconds; a bad answer is never remembered."""

    @wraps(check)
    def asked():
        answers = current_app.extensions.setdefault("readiness", {})
        answer, until = answers.get(check.__name__, (None, 0.0))
        if time.monotonic() > until:
            answer = check()
            answers[check.__name__] = (answer, time.monotonic() + REMEMBERED)
        return answer

    return asked


def database():
    db.session.execute(text("select 1"))
    return "ok"


@remembered
def redis():
    if not (url := current_app.config["REDIS_URL"]):
        return "not used"
    with import_string("redis:Redis").from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()
    return "ok"


@remembered
def migrations():
    current = _current()
    if not current and current_app.testing:
        return "tables made from the models"
    if current != _newest():
        raise MigrationsPending
    return "ok"


def _current():
    connection = db.session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.scalars(text("select version_num from alembic_version")))


def _newest():
    """The migrations that no other follows, read from their files: Alembic would take 12 MB for the answer."""
    files = Path(current_app.root_path, "migrations", "versions").glob("*.py")
    named = [dict(NAMES.findall(file.read_text())) for file in files]
    return {one["revision"] for one in named} - {one.get("down_revision") for one in named}


def init_app(app):
    for check in (database, redis, migrations):
        checks.add(check.__name__, check)

"""What must hold before we take requests: database, Redis where there is one, migrations, the data of time zones; the worker adds its own."""

import time
from functools import wraps

from flask import current_app
from sqlalchemy import inspect, text
from werkzeug.utils import import_string

from cityexchange.core.db import db
from cityexchange.core.registries import Registry
from cityexchange.core.zones import zone_data
from cityexchange.migrations import newest

checks = Registry("checks of /readyz: f() raises, or returns a short word")
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
    if current != newest():
        raise MigrationsPending
    return "ok"


def _current():
    connection = db.session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.scalars(text("select version_num from alembic_version")))


def init_app(app):
    for check in (database, redis, migrations):
        checks.add(check.__name__, check)
    checks.add("zones", zone_data)

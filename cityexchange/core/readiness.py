"""What must hold before we take requests: database, Redis where there is one, migrations; the worker adds its own."""

import time
from functools import wraps

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import Config
from redis import Redis
from sqlalchemy import text

from cityexchange.core.db import db
from cityexchange.core.registries import Registry

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
    with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
        client.ping()
    return "ok"


@remembered
def migrations():
    current = MigrationContext.configure(db.session.connection()).get_current_heads()
    if not current and current_app.testing:
        return "tables made from the models"
    if set(current) != set(_newest()):
        raise MigrationsPending
    return "ok"


def _newest():
    config = Config()
    config.set_main_option("script_location", f"{current_app.root_path}/migrations")
    return ScriptDirectory.from_config(config).get_heads()


def init_app(app):
    for check in (database, redis, migrations):
        checks.add(check.__name__, check)

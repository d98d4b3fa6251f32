"""Work outside the request. Database rows are the truth; huey only wakes the worker that looks at them.

A sweep picks up whatever its rows say is due: after a wake, every few seconds anyway, and so also what a
crash left. Several workers sweep at once, so a sweep claims what it takes by an UPDATE, or writes rows under
a unique key.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from huey import Huey, RedisHuey, SqliteHuey
from werkzeug.utils import import_string

from cityexchange.core import outages, readiness
from cityexchange.core.db import after_commit, db, unit_of_work
from cityexchange.core.jobs import heartbeat, worker
from cityexchange.core.jobs.waking import Waker
from cityexchange.core.registries import Registry
from cityexchange.core.trouble import insist_on_folder

log = logging.getLogger(__name__)
sweeps = Registry("what the worker looks after: Sweep(function, every)")
PROMPTLY = {"socket_timeout": 3, "socket_connect_timeout": 2}
"""Seconds: who has written waits for the wake. The worker itself asks for a second at a time."""
stopping = threading.Event()
"""Set when the worker is asked to end: long sweeps look at it between two pieces of work."""


@dataclass(frozen=True)
class Sweep:
    """`every` in seconds. The function runs in one unit of work, unless it opens its own."""

    function: Callable[[], object]
    every: float = 60
    has_own_units: bool = False


@dataclass(frozen=True)
class Waking:
    name: str

    def __call__(self):
        current_app.extensions["waker"].wake(self.name)


def wake(name: str) -> None:
    """After this unit of work is committed the worker runs the sweep `name` at once. Several calls in one unit wake it once; calls of
    several units within the debounce time wake it twice, for the first and for all others."""
    if Waking(name) not in db.session.info.get("after_commit", ()):
        after_commit(Waking(name))


def run_sweep(name: str) -> None:
    """One round of a sweep. What goes wrong is logged, and tried again in the next round."""
    sweep = sweeps[name]
    try:
        if sweep.has_own_units:
            return sweep.function()
        with unit_of_work():
            sweep.function()
    except Exception as error:
        if outage := outages.outage_of(error):
            return outages.note(outage, error, name)
        log.exception("sweep %s failed", name)
        if current_app.testing:
            raise


def _make_huey(app) -> Huey:
    if app.config["REDIS_URL"]:
        pool = import_string("redis:ConnectionPool").from_url(app.config["REDIS_URL"], **PROMPTLY)
        return RedisHuey("cityexchange", connection_pool=pool, results=False)
    folder = Path(app.config["DATA_FOLDER"])
    insist_on_folder(folder, "DATA_FOLDER")
    return SqliteHuey("cityexchange", filename=str(folder / "huey.sqlite"), results=False)


def init_app(app):
    huey = app.extensions["huey"] = _make_huey(app)

    def sweep(name):
        with app.app_context():
            run_sweep(name)

    app.extensions["waker"] = Waker(huey.task(name="sweep")(sweep))
    sweeps.add("heartbeats", Sweep(heartbeat.forget_the_dead, every=3600))
    readiness.checks.add("worker", heartbeat.check)
    app.cli.command("worker")(lambda: worker.run(app, sweeps, run_sweep, stopping))

"""What another process has for the lines of this one, as rows: orders always, what is told where there is no Redis.

The web process reads them twice a second. Rows can become visible out of order, so it looks back a little and
remembers what it has done.
"""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import gevent
from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.outages import Rounds

EVERY = 0.5
"""Seconds between two readings."""
PRUNED_EVERY = 120
"""Readings between two removals of old rows."""
LOOK_BACK = timedelta(seconds=15)
KEPT = timedelta(minutes=2)
_here = uuid4().hex


class LiveNotice(db.Model):
    """Something to be told or done by every other process that holds lines. Short-lived."""

    __tablename__ = "live_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str | None] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]] = mapped_column("facts", JSON)
    origin: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)


def put(event: str, payload: dict[str, Any], channel: str | None) -> None:
    """Joins the unit of work at hand: what is undone is not told."""
    db.session.add(LiveNotice(event=event, payload=payload, channel=channel, origin=_here))


class Collector:
    """Finds each notice of other processes once."""

    def __init__(self, origin: str = _here):
        self.origin = origin
        self.done: set[int] = set()

    def fresh(self) -> list[LiveNotice]:
        recent = select(LiveNotice).where(LiveNotice.created_at > utcnow() - LOOK_BACK)
        found = db.session.scalars(recent.order_by(LiveNotice.id)).all()
        notices = [notice for notice in found if notice.id not in self.done and notice.origin != self.origin]
        self.done = {notice.id for notice in found}
        return notices


def prune() -> None:
    db.session.execute(delete(LiveNotice).where(LiveNotice.created_at < utcnow() - KEPT))


def watch(app, carry_out: Callable[[str, dict[str, Any], str | None], None]) -> None:
    """Starts the reading greenlet of a web process."""
    gevent.spawn(_read_forever, app, carry_out)


def _read_forever(app, carry_out):
    collector, rounds = Collector(), Rounds("live outbox")
    _read_once(app, collector, _leave_it)  # what was said before anybody was here
    for number in itertools.count(1):
        gevent.sleep(EVERY)
        with rounds.one():
            _read_once(app, collector, carry_out)
            if number % PRUNED_EVERY == 0:
                with app.app_context(), unit_of_work():
                    prune()


def _leave_it(*_notice):
    pass


def _read_once(app, collector, carry_out):
    with app.app_context(), unit_of_work(writing=False):
        notices = [(notice.event, notice.payload, notice.channel) for notice in collector.fresh()]
    for notice in notices:
        with app.app_context():
            carry_out(*notice)

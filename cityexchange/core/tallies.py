"""Refusals of nobody in particular, of visitors, wrong passwords and foreign pages, are counted and not listed: a flood of them must not fill the audit.

One row of the audit for each kind of refusal, hour and process, whose fact `times` rises. The first hundred are written one by one, then
each hundredth part that is new, so that a flood costs the database little and the number is right to a hundredth.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import update

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import aftermath, db, utcnow

ONE_BY_ONE = 100


class Kind(NamedTuple):
    verb: str
    status: int
    record_type: str | None


@dataclass
class Tally:
    """Of one kind in one hour. `written`: how many of `times` the row tells."""

    hour: datetime
    times: int = 0
    written: int = 0
    entry_id: int | None = None
    is_being_written: bool = False

    @property
    def is_due(self) -> bool:
        return not self.is_being_written and self.times - self.written > self.written // ONE_BY_ONE


def count(verb: str, status: int, record_type: str | None = None) -> None:
    """One more; it is written after this unit of work, kept or undone, where it is time to."""
    kind, hour = Kind(verb, status, record_type), utcnow().replace(minute=0, second=0, microsecond=0)
    tallies: dict[Kind, Tally] = current_app.extensions["tallies"]
    tally = tallies.get(kind)
    if tally is None or tally.hour != hour:
        if tally is not None and tally.times > tally.written:
            aftermath(partial(_write, kind, tally))
        tally = tallies[kind] = Tally(hour)
    tally.times += 1
    if tally.is_due:
        aftermath(partial(_write, kind, tally))


def _write(kind, tally):
    if tally.is_being_written:
        return
    tally.is_being_written, times = True, tally.times
    try:
        if not _rewrite(kind, tally, times):
            tally.entry_id = _begin(kind, tally, times)
        tally.written = times
    finally:
        tally.is_being_written = False


def _rewrite(kind, tally, times):
    """False where there is no row yet, or none any more."""
    mine = AuditEntry.id == tally.entry_id, AuditEntry.at == tally.hour, AuditEntry.verb == kind.verb
    known = update(AuditEntry).where(*mine).execution_options(synchronize_session=False)
    if tally.entry_id is None:
        return False
    told: Any = db.session.execute(known.values(facts={"times": times}))
    return bool(told.rowcount)


def _begin(kind, tally, times):
    facts = {"times": times}
    entry = AuditEntry(**kind._asdict(), outcome="refused", at=tally.hour, facts=facts)
    db.session.add(entry)
    db.session.flush()
    return entry.id


def init_app(app):
    app.extensions["tallies"] = {}

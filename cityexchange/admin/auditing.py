"""The audit, narrowed to what somebody looks for, and as a table for other programs."""

from datetime import UTC, datetime, timedelta

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to
from cityexchange.core.tables import line_of

FILTERS = ("verb", "actor", "record_type", "record", "outcome", "since", "until")
COLUMNS = ("at", "actor_id", "verb", "record_type", "record_id", "outcome", "status", "request_id", "facts")
YEARS = range(2000, 3000)
"""In which entries can be; others are no day to look for."""
MOST = 50_000
"""Lines of an export."""


def narrowed(member, chosen):
    """The entries that meet every condition; one that is empty or makes no sense is none."""
    entries = visible_to(member, AuditEntry)
    for name, condition in CONDITIONS.items():
        if value := chosen.get(name):
            if (made := condition(value)) is not None:
                entries = entries.where(made)
    return entries


def _number(column):
    return lambda text: column == int(text) if text.isdecimal() and len(text) < 10 else None


def _day(text):
    try:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _since(text):
    day = _day(text)
    return AuditEntry.at >= day if day else None


def _until(text):
    """The whole of the last day, in UTC."""
    day = _day(text)
    return AuditEntry.at < day + timedelta(days=1) if day else None


CONDITIONS = {
    "verb": lambda text: AuditEntry.verb == text,
    "actor": _number(AuditEntry.actor_id),
    "record_type": lambda text: AuditEntry.record_type == text,
    "record": _number(AuditEntry.record_id),
    "outcome": lambda text: AuditEntry.outcome == text,
    "since": _since,
    "until": _until,
}


def known(column):
    """What stands in a column, for a list to choose from."""
    return [value for value in db.session.scalars(db.select(column).distinct().order_by(column)) if value]


def as_table(entries):
    """Lines of CSV, the newest first, read and written in pieces."""
    yield line_of(COLUMNS)
    ordered = entries.order_by(AuditEntry.id.desc()).limit(at_most(MOST)).execution_options(yield_per=500)
    for entry in db.session.scalars(ordered):
        yield line_of(getattr(entry, name) for name in COLUMNS)

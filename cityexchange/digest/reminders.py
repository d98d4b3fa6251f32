"""One press asks to be reminded of a deadline: told once, in time, and not to whom it concerns no more by then."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from cityexchange.core import jobs
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.statements import execute
from cityexchange.digest.ends import MODELS, end_of
from cityexchange.digest.models import DigestReminder
from cityexchange.digest.moments import moment_before
from cityexchange.notifications.audience import these
from cityexchange.notifications.choices import hours_of
from cityexchange.notifications.gone import replace, take_back_words
from cityexchange.notifications.models import notify

TEMPLATE, KIND = "digest/reminder", "deadline"
LOOK = timedelta(hours=12)
"""So often the worker looks whether a deadline has moved."""


def next_moment(member: Any, record_type: str, record_id: int, after: datetime) -> datetime | None:
    """When they are reminded; None where there is nothing to do any more, or no good moment before it is too late."""
    end = end_of(member, record_type, record_id)
    return end and moment_before(hours_of(member), end, after)


def ask(reminder: DigestReminder, moment: datetime) -> None:
    """Asked again it stands as it does."""
    reminder.ask(due_at=min(moment, utcnow() + LOOK))


def withdraw(member_id: int, record: Any) -> None:
    """They have done it: nobody reminds them, and where somebody has it is no news any more."""
    theirs = DigestReminder.member_id == member_id, *_of(record)
    execute(delete(DigestReminder).where(*theirs), {})
    replace(TEMPLATE, record, member_id)


def withdraw_all(record: Any) -> None:
    execute(delete(DigestReminder).where(*_of(record)), {})
    take_back_words(TEMPLATE, record)


def _of(record):
    return DigestReminder.record_type == type(record).__name__, DigestReminder.record_id == record.id


def look_again(member_ids: list[int]) -> None:
    """The morning of their working day may be another now."""
    theirs = update(DigestReminder).where(DigestReminder.member_id.in_(member_ids))
    execute(theirs.values(due_at=utcnow()), {})


def remind() -> None:
    """Sweep."""
    with unit_of_work(writing=False):
        due = select(DigestReminder.id).where(DigestReminder.due_at <= utcnow()).order_by(DigestReminder.id)
        ids = db.session.scalars(due).all()
    for id in ids:
        if jobs.stopping.is_set():
            return
        with unit_of_work():
            _look_at(db.session.get(DigestReminder, id, with_for_update=True))


def _look_at(reminder):
    """Of two workers the later one finds none."""
    if reminder is None:
        return
    of, now = (reminder.record_type, reminder.record_id), utcnow()
    end = end_of(reminder.member, *of) if reminder.member.active else None
    moment = end and moment_before(hours_of(reminder.member), end, reminder.looked_at)
    if moment and moment > now:
        reminder.looked_at, reminder.due_at = now, min(moment, now + LOOK)
        return
    if end:
        _tell(reminder, end)
    db.session.delete(reminder)


def _tell(reminder, end):
    record = db.session.get(MODELS[reminder.record_type], reminder.record_id)
    words = {"template": TEMPLATE, "facts": {"what": reminder.record_type, "until": end.isoformat()}}
    notify(f"deadline:{reminder.id}", these(), KIND, record, ids=[reminder.member_id], **words)

"""Who has been away for long: reminded first, forgotten only after a warning that went out (practice.md 5)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from cityexchange.archive.leaving import leave
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail, queue_mail
from cityexchange.members.models import Member
from cityexchange.members.seats import LastFocalPoint, coordinators

WARNING = timedelta(days=30)
"""Between the reminder and the end of the account; and between one that went nowhere and the next."""
ON_ITS_WAY = "queued", "sending", "sent"
LAST_SEEN = func.coalesce(Member.seen_at, Member.created_at)


def remind(ids: list[int]) -> int:
    for member in _members(ids):
        queue_mail(f"unused:{member.id}:{utcnow().date()}", member, "archive/unused")
    return len(ids)


def forget_people(ids: list[int]) -> int:
    """The last focal point of a city stays, and the coordination team hears of it."""
    done = 0
    for member in _members(ids):
        try:
            with db.session.begin_nested():
                leave(member)
            done += 1
        except LastFocalPoint:
            for coordinator in coordinators():
                key = f"unused_focal:{member.id}:{utcnow():%Y-%m}:{coordinator.id}"
                queue_mail(key, coordinator, "archive/unused_focal", member)
    return done


def _members(ids):
    return db.session.scalars(select(Member).where(Member.id.in_(ids))).all()


def away(before: datetime) -> Select[Any]:
    return select(Member.id).where(Member.state == "active", before > LAST_SEEN).order_by(Member.id)


def _reminders(*conditions: Any) -> Any:
    """Of this absence."""
    mine = OutgoingMail.member_id == Member.id, OutgoingMail.template == "archive/unused"
    return select(OutgoingMail.id).where(*mine, OutgoingMail.created_at > LAST_SEEN, *conditions).exists()


def away_and_not_reminded(before: datetime) -> Select[Any]:
    """Who was reminded of this absence is not selected again: others behind them in the batch would never be reached."""
    is_tried = OutgoingMail.created_at > utcnow() - WARNING
    return away(before).where(~_reminders(or_(OutgoingMail.state.in_(ON_ITS_WAY), is_tried)))


def away_and_warned(before: datetime) -> Select[Any]:
    """Threat: where the worker stood still, or the mail server refused, nobody would have been asked before they are gone."""
    was_sent = OutgoingMail.state == "sent", OutgoingMail.finished_at < utcnow() - WARNING
    return away(before).where(_reminders(*was_sent))

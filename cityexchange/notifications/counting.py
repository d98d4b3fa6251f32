"""How much is unread: read with the row of who reads, so that a page asks nothing more for it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, true

from cityexchange.core.db import at_most, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.templates import MOST_SHOWN
from cityexchange.core.web import me
from cityexchange.members.models import Member
from cityexchange.notifications.models import Notification

MOST = MOST_SHOWN
"""What is told in numbers. What is counted ends one beyond, which is said as "99+": nobody reads on from 4,000."""


def unread_of(member: Any) -> ColumnElement[int]:
    """A column of `member`, the model or an alias: how many of theirs are unread, at most MOST + 1."""
    unread = select(true()).where(
        Notification.member_id == member.id, Notification.read_at.is_(None), Notification.is_here
    )
    some = unread.correlate(member).limit(at_most(MOST + 1)).subquery("unread")
    return select(func.count()).select_from(some).scalar_subquery()


@prepared
def _counts() -> Select[Any]:
    ids = Member.id.in_(bindparam("ids", expanding=True))
    return select(Member.id, unread_of(Member)).where(ids)


def counts_of(member_ids: list[int]) -> dict[int, int]:
    """{member id: how many are unread, at most MOST + 1}, in one statement."""
    return dict(rows(_counts(), {"ids": member_ids}).all())


def unread_count() -> int:
    """Of who reads. Where a form is sent the member is at hand as a record, and the database is asked."""
    reader = me()
    known = getattr(reader, "unread", None)
    return known if known is not None else counts_of([reader.id])[reader.id] if reader.is_authenticated else 0

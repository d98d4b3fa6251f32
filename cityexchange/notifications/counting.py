"""How much is unread, and as of when: read with the row of who reads, so that a page asks nothing more for it.

Pages and lines reach a browser in any order: of two numbers the one that was counted later holds.
"""

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, func, select, true

from cityexchange.core.db import at_most, rows, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.templates import MOST_SHOWN
from cityexchange.core.web import me
from cityexchange.members.models import Member
from cityexchange.notifications.models import Notification

MOST = MOST_SHOWN
"""What is told in numbers. What is counted ends one beyond, which is said as "99+": nobody reads on from 4,000."""


class Counted(NamedTuple):
    unread: int
    at: int
    """Microseconds of the server's clock, just before the database was asked."""


NOBODYS = Counted(0, 0)


def unread_of(member: Any) -> ColumnElement[int]:
    """A column of `member`, the model or an alias: how many of theirs are unread, at most MOST + 1."""
    unread = select(true()).where(
        Notification.member_id == member.id, Notification.read_at.is_(None), Notification.is_here
    )
    some = unread.correlate(member).limit(at_most(MOST + 1)).subquery("unread")
    return select(func.count()).select_from(some).scalar_subquery()


def moment_of_counting(_member: Any = None) -> ColumnElement[int]:
    """A column beside that number: told by this clock as the statement goes out, for what comes after is not in it."""
    return bindparam("counted_at", type_=BigInteger, callable_=_microseconds)


def _microseconds():
    return int(utcnow().timestamp() * 1_000_000)


@prepared
def _counts() -> Select[Any]:
    ids = Member.id.in_(bindparam("ids", expanding=True))
    return select(Member.id, unread_of(Member), moment_of_counting()).where(ids)


def counts_of(member_ids: list[int]) -> dict[int, Counted]:
    """{member id: how many are unread, at most MOST + 1}, in one statement."""
    return {id: Counted(unread, at) for id, unread, at in rows(_counts(), {"ids": member_ids})}


def counted_unread() -> Counted:
    """Of who reads. Where a form is sent the member is at hand as a record, and the database is asked."""
    reader = me()
    if (known := getattr(reader, "unread", None)) is not None:
        return Counted(known, reader.unread_at)
    return counts_of([reader.id])[reader.id] if reader.is_authenticated else NOBODYS

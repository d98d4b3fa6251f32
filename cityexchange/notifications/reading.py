"""Reading where it was said: what one has read there is no news at the bell. By hand it is marked on the page (marking.py)."""

from typing import Any

from sqlalchemy import Integer, String, bindparam, or_, update

from cityexchange.core.db import utcnow
from cityexchange.core.mail.models import name_of
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.core.statements import execute
from cityexchange.notifications.models import Notification
from cityexchange.notifications.signals import unread_lessened


def mark_read(member: Reader, conversation: Any, up_to: int | None = None) -> None:
    """What the member was told of this conversation, all of it or up to a position in it."""
    values = {"reader": member.id, "place": name_of(conversation), "now": utcnow()}
    if up_to is not None:
        values["up_to"] = up_to
    if execute(_marking(up_to is None), values).rowcount:
        unread_lessened.send(member_ids=[member.id])


@prepared
def _marking(is_all):
    """By the index of what is unread: of who has nothing there it costs a look."""
    unread = update(Notification).where(
        Notification.member_id == bindparam("reader", type_=Integer),
        Notification.conversation == bindparam("place", type_=String),
        Notification.read_at.is_(None),
    )
    if not is_all:
        position = Notification.position
        unread = unread.where(or_(position.is_(None), position <= bindparam("up_to", type_=Integer)))
    return unread.values(read_at=bindparam("now", type_=Notification.read_at.type))

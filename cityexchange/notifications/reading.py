"""What is read: what was seen.

A notification is read when what it tells of came into view. What has a number of its own in a conversation (a reply, a mention, a
marked answer, the translation of a post or message) is read when that post or message was seen; what is told of the conversation as a whole
(it was closed, its title was translated) when anything of it was. What stands in no conversation that is read on (a registration,
an application) is read by the press that leads to it. By hand one line, or all, is marked on the page (marking.py).
"""

from typing import Any

from sqlalchemy import Integer, String, bindparam, or_, update

from cityexchange.chat.reading import PAGE
from cityexchange.core.db import utcnow
from cityexchange.core.mail.models import name_of
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.forums.models import first_on, page_of
from cityexchange.notifications.models import Notification
from cityexchange.notifications.signals import unread_lessened


def mark_seen(member_id: int, conversation: Any, since: int, until: int) -> None:
    """What the member was told of these numbers of the conversation, a record or its name, and of the conversation itself."""
    seen = {"since": since, "until": until, "now": utcnow()}
    if execute(_marking(), {"reader": member_id, "place": name_of(conversation), **seen}).rowcount:
        unread_lessened.send(member_ids=[member_id])


def page_with(notification: Notification) -> tuple[int, int] | None:
    """From which to which number goes the page that its line opens; None where it is no page of a conversation."""
    kind, number = (notification.conversation or "").partition(":")[0], notification.position or 1
    if kind == "Topic":
        return first_on(page_of(number)), first_on(page_of(number) + 1) - 1
    # Of the last page of a room no less: where little was said since, it begins further up.
    return (number - PAGE // 2, number + PAGE // 2 - 1) if kind == "Room" and notification.position else None


@prepared
def _marking():
    """By the index of what is unread: of who has nothing there it costs a look."""
    first, last = (bindparam(name, type_=Integer) for name in ("since", "until"))
    position = Notification.position
    unread = update(Notification).where(
        Notification.member_id == bindparam("reader", type_=Integer),
        Notification.conversation == bindparam("place", type_=String),
        Notification.read_at.is_(None),
        or_(position.is_(None), position.between(first, last)),
    )
    return unread.values(read_at=bindparam("now", type_=Notification.read_at.type))

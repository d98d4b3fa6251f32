"""Reading by hand, on the page of notifications. What reading elsewhere marks stands in reading.py."""

from typing import Any

from sqlalchemy import Integer, String, bindparam, func, update

from cityexchange.core.db import utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.notifications.models import Notification
from cityexchange.notifications.reading import mark_seen, page_with
from cityexchange.notifications.signals import unread_lessened


def mark_group(newest: Notification, earliest: int) -> None:
    """What stood together in one line of the page, from its earliest to its newest."""
    alike = {"of_kind": newest.kind, "within": newest.conversation or ""}
    first = earliest if newest.conversation else newest.id
    _mark(_marking_group(), newest.member_id, newest=newest.id, earliest=first, **alike)


def mark_page(notification: Notification) -> None:
    """What stands on the page to which its line leads: for who opens it where nothing tells what of it came into view."""
    if page := page_with(notification):
        mark_seen(notification.member_id, notification.conversation, *page)
    mark_group(notification, notification.id)


def mark_all(member_id: int, newest: int, kind: str | None = None) -> None:
    """Up to the newest that was shown, of one kind or of all: what came since is still unread."""
    if kind:
        _mark(_marking_kind(), member_id, newest=newest, of_kind=kind)
    else:
        _mark(_marking_all(), member_id, newest=newest)


def _mark(statement: Any, member_id: int, **which: Any) -> None:
    marked = execute(statement, {"of": member_id, "now": utcnow(), **which})
    if marked.rowcount:
        unread_lessened.send(member_ids=[member_id])


@prepared
def _marking_all():
    unread = Notification.member_id == bindparam("of", type_=Integer), Notification.read_at.is_(None)
    until = Notification.id <= bindparam("newest", type_=Integer)
    read_at = bindparam("now", type_=Notification.created_at.type)
    return update(Notification).where(*unread, until).values(read_at=read_at)


@prepared
def _marking_kind():
    return _marking_all().where(Notification.kind == bindparam("of_kind", type_=String))


@prepared
def _marking_group():
    conversation = func.coalesce(Notification.conversation, "")
    within = (
        Notification.id >= bindparam("earliest", type_=Integer),
        conversation == bindparam("within", type_=String),
    )
    return _marking_kind().where(*within)

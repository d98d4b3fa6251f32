"""What still stands of a room: a message that was removed keeps its number, and counts no more."""

from typing import Any

from sqlalchemy import ColumnElement, Index, Select, func, select, text, true

from cityexchange.chat.models import Message
from cityexchange.core.db import at_most

REMOVED = text("removed_at IS NOT NULL")
Index("ix_messages_removed", Message.room_id, Message.number, sqlite_where=REMOVED, postgresql_where=REMOVED)


def _after(room_id: Any, number: Any) -> Select[Any]:
    return select(Message.id).where(Message.room_id == room_id, Message.number > number)


def unread_of(room: Any, number: Any) -> ColumnElement[int]:
    """How many messages stand beyond this number: those few that were removed have an index of their own."""
    removed = _after(room.id, number).where(Message.removed_at.is_not(None))
    counted = removed.with_only_columns(func.count()).correlate_except(Message).scalar_subquery()
    return room.newest - number - counted


def stands_after(room: Any, number: Any) -> ColumnElement[bool]:
    """Whether one beyond this number still stands."""
    standing = _after(room.id, number).where(Message.removed_at.is_(None))
    first = standing.with_only_columns(true()).correlate_except(Message).limit(at_most(1))
    return first.scalar_subquery().is_(True)

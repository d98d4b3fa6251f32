"""What still stands of a topic: a post that was removed keeps its number, and counts no more."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, true

from cityexchange.core.db import at_most, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.forums.models import Post, ReadPosition, Topic


def _after(topic_id: Any, position: Any) -> Select[Any]:
    return select(Post.id).where(Post.topic_id == topic_id, Post.position > position)


def removed_after(topic: Any, position: Any) -> ColumnElement[int]:
    """How many posts beyond this position were removed: those few have an index of their own."""
    removed = _after(topic.id, position).where(Post.removed_at.is_not(None))
    return removed.with_only_columns(func.count()).correlate_except(Post).scalar_subquery()


def stands_after(topic: Any, position: Any) -> ColumnElement[bool]:
    """Whether one beyond this position still stands."""
    standing = _after(topic.id, position).where(Post.removed_at.is_(None))
    first = standing.with_only_columns(true()).correlate_except(Post).limit(at_most(1))
    return first.scalar_subquery().is_(True)


def reply_count(topic: Any) -> ColumnElement[int]:
    return topic.post_count - 1 - removed_after(topic, 1)


def is_readers(topic: Any, reader: Reader) -> ColumnElement[bool]:
    """Of read positions: the reader's own in this topic."""
    return (ReadPosition.topic_id == topic.id) & (ReadPosition.member_id == reader.id)


def unread_of(topic: Any = Topic) -> ColumnElement[int]:
    """How many posts stand beyond what the reader has read; 0 for who never opened it."""
    until = ReadPosition.position
    return func.coalesce(topic.post_count - until - removed_after(topic, until), 0)


def has_unread(topic: Any = Topic) -> ColumnElement[bool]:
    """The same as a condition, also of what was never opened."""
    until = func.coalesce(ReadPosition.position, 0)
    return and_(until < topic.post_count, stands_after(topic, until))


def standing_after(topic: Any, position: int) -> int:
    """How many posts of this topic stand beyond a position that a page knows."""
    removed = rows(_removed_after(), {"topic_id": topic.id, "after": position}).scalar()
    return max(0, topic.post_count - position - removed)


@prepared
def _removed_after() -> Select[Any]:
    removed = _after(bindparam("topic_id"), bindparam("after")).where(Post.removed_at.is_not(None))
    return removed.with_only_columns(func.count())

"""Lists of topics, read as columns. Lists go on from the last line seen (a keyset), never by OFFSET."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, literal, or_, select, true
from sqlalchemy.orm import aliased

from cityexchange.cities.models import City
from cityexchange.core.db import UTCDateTime, among, at_most, rows, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.forums.bylines import Names
from cityexchange.forums.models import ANSWERED, ASKING, Forum, Post, ReadPosition, Topic
from cityexchange.forums.standing import has_unread, is_readers, reply_count, unread_of
from cityexchange.forums.tags import keys_in, theme_keys
from cityexchange.languages.reading import Reading, UiNameRow, best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy

LINES = 30
"""Topics on a page of a list."""
NEW_FOR = timedelta(days=14)
"""How long a topic is new to a member whose last visit we do not know."""
Conditions = tuple[Any, ...]
Which = Callable[[Reader], Conditions]
"""Conditions for a reader's rights, made once: a function of the module, whose parameters have names."""
LastAuthor = aliased(Member, name="last_author")


@dataclass(frozen=True)
class TopicList:
    """`titles` and `themes` by topic id, names of `forums` by theirs; `following`: where the next page begins, or None."""

    topics: list[Any]
    titles: dict[int, Any]
    themes: dict[int, tuple[str, ...]]
    forums: dict[int, Reading]
    following: str | None = None


def topics_for(
    reader: OneReader, which: Which, before: str = "", limit: int = LINES, **bind_values: Any
) -> TopicList:
    """The topics among `which` that the reader may see, newest reply first; `bind_values` are the parameters of `which`."""
    place, where_it_goes_on = _place(before, which in PINNED_FIRST)
    bind_values = {**reader.bind_values, **where_it_goes_on, **bind_values, "new_since": new_since(reader)}
    found = rows(_page_of(reader, which, place, limit + 1), bind_values).all()
    following, found = place_of(found[limit - 1]) if len(found) > limit else None, found[:limit]
    themes = {row.id: keys_in(row.theme_keys) for row in found}
    return TopicList(found, titles_of(found), themes, names_of_forums(found), following)


@prepared
def _page_of(reader: Reader, which: Which, place: str, most: int) -> Select[Any]:
    """Run with `new_since`, beside the reader's `bind_values`. Which topics comes first: their lines are joined for those alone."""
    order = [Topic.is_pinned, *TIME_ORDER] if which in PINNED_FIRST else TIME_ORDER
    falling = [column.desc() for column in order]
    visible = visible_to(reader, Topic).outerjoin(ReadPosition, is_readers(Topic, reader))
    visible = visible.where(*which(reader), *BEYOND[place])
    page = aliased(Topic, visible.order_by(*falling).limit(at_most(most)).subquery("page"))
    return _lines(reader, page).order_by(*(getattr(page, column.key).desc() for column in order))


TIME_ORDER = [Topic.last_posted_at, Topic.id]
NEW_SINCE = bindparam("new_since", type_=UTCDateTime)


def _lines(reader: Reader, topic):
    return (
        select(*_columns(Names(SpacePolicy.naming(reader), Space.hides_names), topic))
        .select_from(topic)
        .join(Forum, Forum.id == topic.forum_id)
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(ReadPosition, is_readers(topic, reader))
        .join(Member, Member.id == topic.author_id)
        .outerjoin(LastAuthor, LastAuthor.id == topic.last_author_id)
        .outerjoin(City, City.id == topic.author_city_id)
    )


def _columns(names, topic):
    return (
        literal("Topic").label("record_type"),
        topic.id,
        topic.title,
        topic.language,
        topic.kind,
        topic.state,
        topic.is_pinned,
        topic.post_count,
        reply_count(topic).label("reply_count"),
        unread_of(topic).label("unread"),
        topic.created_at,
        topic.last_posted_at,
        names.name(Member.name, topic.pen_name).label("author_name"),
        names.name(LastAuthor.name, topic.last_pen_name).label("last_author_name"),
        names.of(City.called, is_person=False, pen_name=topic.pen_name).label("city_name"),
        topic.forum_id,
        Forum.name.label("forum_name"),
        Forum.slug.label("forum_slug"),
        Forum.language.label("forum_language"),
        Space.confidentiality,
        ReadPosition.position.label("read_until"),
        is_new(topic).label("is_new"),
        theme_keys(topic).label("theme_keys"),
    )


def is_new(topic: Any = Topic) -> ColumnElement[bool]:
    return and_(ReadPosition.position.is_(None), topic.created_at > NEW_SINCE)


def is_new_to(reader: Reader) -> Conditions:
    """The same where it is what a list asks for: no reply comes before its topic, so there is an end to the search."""
    has_opened = has_row(select(ReadPosition.position).where(is_readers(Topic, reader)))
    return ~has_opened, Topic.created_at > NEW_SINCE, Topic.last_posted_at > NEW_SINCE


def new_since(reader: OneReader) -> datetime:
    return reader.previous_visit_at or utcnow() - NEW_FOR


def titles_of(rows: list[Any]) -> dict[int, Any]:
    readings = best_readings(reader_languages(), rows, ("title",))
    return {topic_id: reading for (_, topic_id, _), reading in readings.items()}


def names_of_forums(rows: list[Any]) -> dict[int, Reading]:
    ui_names = {UiNameRow("Forum", row.forum_id, row.forum_name, row.forum_language) for row in rows}
    readings = best_readings(reader_languages(), ui_names, ("name",))
    return {forum_id: reading for (_, forum_id, _), reading in readings.items()}


def place_of(row: Any) -> str:
    """Where a list goes on after this line: holds also when replies arrive in between."""
    microseconds = int(row.last_posted_at.timestamp() * 1_000_000)
    return f"{int(row.is_pinned)}-{microseconds}-{row.id}"


def _place(before, pinned_first):
    """(the kind of place, its parameters); a place that nobody gave out is the beginning."""
    parts = before.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 17 for part in parts):
        return "beginning", {}
    bind_values = {
        "place_at": datetime.fromtimestamp(int(parts[1]) / 1_000_000, UTC),
        "place_id": int(parts[2]),
    }
    return ("time" if not pinned_first else "pinned" if parts[0] == "1" else "unpinned"), bind_values


def _beyond():
    """The conditions for lines after a place, by the kind of place."""
    at, id = bindparam("place_at", type_=UTCDateTime), bindparam("place_id", type_=Integer)
    # Said twice: of the second alone databases do not know where in the order of time to begin.
    later = and_(Topic.last_posted_at <= at, or_(Topic.last_posted_at < at, Topic.id < id))
    return {
        "beginning": [],
        "time": [later],
        "pinned": [or_(Topic.is_pinned.is_(False), and_(Topic.is_pinned, later))],
        "unpinned": [Topic.is_pinned.is_(False), later],
    }


BEYOND = _beyond()


def is_waiting() -> ColumnElement[bool]:
    """A question that nobody has answered to the asker's help."""
    return and_(among(Topic.kind, ASKING), Topic.state == "open")


def in_forum(_reader: Reader) -> Conditions:
    return (Topic.forum_id == bindparam("forum_id"),)


def has_row(found: Select[Any]) -> ColumnElement[bool]:
    """Whether this finds something, asked for one topic after the other: for `exists` a database may first read all that there is."""
    first = found.with_only_columns(true()).correlate(Topic).limit(at_most(1))
    return first.scalar_subquery().is_(True)


def whichever(_reader: Reader) -> Conditions:
    return ()


PINNED_FIRST = {in_forum}
FILTERS: dict[str, Which] = {
    "latest": whichever,
    "new": is_new_to,
    "unread": lambda reader: (ReadPosition.position < Topic.post_count, has_unread()),
    "unanswered": lambda reader: (is_waiting(),),
    "answered": lambda reader: (among(Topic.state, ANSWERED),),
    "mine": lambda reader: (Topic.id.in_(select(Post.topic_id).where(Post.author_id == reader.id)),),
}

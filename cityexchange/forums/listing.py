"""Lists of topics and forums, read as columns. Lists go on from the last line seen (a keyset), never by OFFSET."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, literal, or_, select
from sqlalchemy.orm import aliased

from cityexchange.cities.models import City
from cityexchange.core.db import UTCDateTime, among, at_most, rows, utcnow
from cityexchange.core.policy import prepared, visible_to
from cityexchange.core.versions import each
from cityexchange.forums.models import ASKING, HIDDEN, Forum, Post, ReadPosition, Topic
from cityexchange.forums.reading import Names, keys_in, theme_keys
from cityexchange.languages.reading import Reading, SignRow, best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy

LINES = 30
"""Topics on a page of a list."""
NEW_FOR = timedelta(days=14)
"""How long a topic is new to a member whose last visit we do not know."""
Conditions = tuple[Any, ...]
Which = Callable[[Any], Conditions]
"""Conditions for a reader's standing, made once: a function of the module, whose parameters have names."""
LastAuthor = aliased(Member, name="last_author")


@dataclass(frozen=True)
class TopicList:
    """`titles` and `themes` by topic id, names of `forums` by theirs; `following`: where the next page begins, or None."""

    topics: list[Any]
    titles: dict[int, Any]
    themes: dict[int, tuple[str, ...]]
    forums: dict[int, Reading]
    following: str | None = None


def topics_for(reader: Any, which: Which, before: str = "", limit: int = LINES, **facts: Any) -> TopicList:
    """The topics among `which` that the reader may see, newest reply first; `facts` are the parameters of `which`."""
    place, where_it_goes_on = _place(before, which in PINNED_FIRST)
    facts = {**reader.facts, **where_it_goes_on, **facts, "new_since": new_since(reader)}
    found = rows(_page_of(reader, which, place, limit + 1), facts).all()
    more, found = len(found) > limit, found[:limit]
    following = place_of(found[-1]) if more else None
    themes = {row.id: keys_in(row.theme_keys) for row in found}
    return TopicList(found, titles_of(found), themes, names_of_forums(found), following)


@prepared
def _page_of(reader: Any, which: Which, place: str, most: int) -> Select[Any]:
    """Run with `new_since`, beside the reader's facts. Which topics comes first: their lines are joined for those alone."""
    order = [Topic.is_pinned, *TIME_ORDER] if which in PINNED_FIRST else TIME_ORDER
    falling = [column.desc() for column in order]
    seen = _beside(visible_to(reader, Topic), Topic, reader).where(*which(reader), *BEYOND[place])
    page = aliased(Topic, seen.order_by(*falling).limit(at_most(most)).subquery("page"))
    return _lines(reader, page).order_by(*(getattr(page, column.key).desc() for column in order))


TIME_ORDER = [Topic.last_posted_at, Topic.id]
NEW_SINCE = bindparam("new_since", type_=UTCDateTime)


def _beside(topics, topic, reader):
    """Topics with what conditions ask for beside them."""
    mine = (ReadPosition.topic_id == topic.id) & (ReadPosition.member_id == reader.id)
    above = topics.join(Forum, Forum.id == topic.forum_id).join(Space, Space.id == Forum.space_id)
    return above.outerjoin(ReadPosition, mine)


def _lines(reader, topic):
    names = Names(SpacePolicy.naming(reader), Space.hides_names)
    columns = (
        literal("Topic").label("record_type"),
        topic.id,
        topic.title,
        topic.language,
        topic.kind,
        topic.state,
        topic.is_pinned,
        topic.post_count,
        topic.created_at,
        topic.last_posted_at,
        names.name(Member.name, topic.pen_name).label("author_name"),
        names.name(LastAuthor.name, topic.last_pen_name).label("last_author_name"),
        names.of(City.name, is_person=False, pen_name=topic.pen_name).label("city_name"),
        topic.forum_id,
        Forum.name.label("forum_name"),
        Forum.slug.label("forum_slug"),
        Forum.language.label("forum_language"),
        Space.confidentiality,
        ReadPosition.position.label("read_until"),
        is_new(topic).label("is_new"),
        theme_keys(topic).label("theme_keys"),
    )
    return (
        _beside(select(*columns).select_from(topic), topic, reader)
        .join(Member, Member.id == topic.author_id)
        .outerjoin(LastAuthor, LastAuthor.id == topic.last_author_id)
        .outerjoin(City, City.id == topic.author_city_id)
    )


def is_new(topic: Any = Topic) -> ColumnElement[bool]:
    return and_(ReadPosition.position.is_(None), topic.created_at > NEW_SINCE)


def new_since(reader: Any) -> datetime:
    return reader.previous_visit_at or utcnow() - NEW_FOR


def titles_of(rows: list[Any]) -> dict[int, Any]:
    readings = best_readings(reader_languages(), rows, ("title",))
    return {topic_id: reading for (_, topic_id, _), reading in readings.items()}


def names_of_forums(rows: list[Any]) -> dict[int, Reading]:
    signs = {SignRow("Forum", row.forum_id, row.forum_name, row.forum_language) for row in rows}
    readings = best_readings(reader_languages(), signs, ("name",))
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
    facts = {"place_at": datetime.fromtimestamp(int(parts[1]) / 1_000_000, UTC), "place_id": int(parts[2])}
    return ("time" if not pinned_first else "pinned" if parts[0] == "1" else "unpinned"), facts


def _beyond():
    """The conditions for lines after a place, by the kind of place."""
    at, id = bindparam("place_at", type_=UTCDateTime), bindparam("place_id", type_=Integer)
    later = or_(Topic.last_posted_at < at, and_(Topic.last_posted_at == at, Topic.id < id))
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


def in_forum(_reader: Any) -> Conditions:
    return (Topic.forum_id == bindparam("forum_id"),)


PINNED_FIRST = {in_forum}
FILTERS: dict[str, Which] = {
    "latest": lambda reader: (),
    "new": lambda reader: (is_new(),),
    "unread": lambda reader: (ReadPosition.position < Topic.post_count,),
    "unanswered": lambda reader: (is_waiting(),),
    "mine": lambda reader: (Topic.id.in_(select(Post.topic_id).where(Post.author_id == reader.id)),),
}


def version_of_boards(reader: Any, slug: str | None = None) -> tuple[Any, ...]:
    """Which forums the reader sees, all or the one of this slug; and what differs whenever one of them changes, or its space."""
    return tuple(rows(_version(reader, slug is not None), {**reader.facts, "wanted": slug}).one())


@prepared
def _version(reader: Any, is_of_one: bool) -> Select[Any]:
    which = (Forum.slug == bindparam("wanted", type_=Forum.slug.type),) if is_of_one else ()
    return visible_to(reader, Forum).with_only_columns(each(Forum), each(Space)).where(*which).join(Space)


def in_space(_reader: Any) -> Conditions:
    return (Forum.space_id == bindparam("space_id"),)


def forums_by_space(
    reader: Any, which: Which = FILTERS["latest"], **facts: Any
) -> list[tuple[Any, list[Any]]]:
    """[(a line with the space's columns, the lines of its forums)], with each forum's newest visible topic."""
    found = [ForumLine(row) for row in rows(_forum_lines(reader, which), {**reader.facts, **facts})]
    titles = titles_of([row.topic for row in found if row.topic_id])
    signs = [*found, *{row.space for row in found}]
    readings = best_readings(reader_languages(), signs, ("name", "description"))
    for row in found:
        row.say(titles, readings)
    return [
        (lines[0], lines)
        for _, group in groupby(found, key=lambda row: row.space_id)
        if (lines := list(group))
    ]


@dataclass(frozen=True)
class NewestTopic:
    """As much of a topic as its best reading asks for."""

    id: int
    title: str
    language: str
    record_type = "Topic"


class ForumLine:
    """A row that reads itself, its space and the title of its newest topic as this reader reads them best."""

    record_type, is_sign = "Forum", True

    def __init__(self, row):
        self.row = row
        self.space = SignRow("Space", row.space_id, row.space_name, row.space_language)
        self.topic = NewestTopic(row.topic_id, row.topic_title, row.topic_language)

    def say(self, titles, readings):
        """What all lines of the page were found to say, as far as it is about this one."""
        self.title = titles.get(self.topic.id)
        self.sign, self.about = (readings["Forum", self.id, field] for field in ("name", "description"))
        self.space_sign = readings["Space", self.space.id, "name"]

    def __getattr__(self, name):
        return getattr(self.row, name)


@prepared
def _forum_lines(reader: Any, which: Which) -> Select[Any]:
    names = Names(SpacePolicy.naming(reader), Space.hides_names)
    newest = (
        select(Topic.id)
        .where(Topic.forum_id == Forum.id, ~among(Topic.state, HIDDEN))
        .order_by(Topic.last_posted_at.desc(), Topic.id.desc())
        .limit(at_most(1))
        .correlate(Forum)
        .scalar_subquery()
        .label("newest")
    )
    seen = visible_to(reader, Forum).with_only_columns(Forum.id, newest).where(*which(reader)).cte("seen")
    # Told to, or PostgreSQL reads all topics to find the newest few.
    seen = seen.prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        select(
            Forum.id,
            Forum.slug,
            Forum.name,
            Forum.description,
            Forum.language,
            Forum.topic_count,
            Forum.post_count,
            Forum.space_id,
            Space.name.label("space_name"),
            Space.slug.label("space_slug"),
            Space.language.label("space_language"),
            Space.confidentiality,
            Topic.id.label("topic_id"),
            Topic.title.label("topic_title"),
            Topic.language.label("topic_language"),
            Topic.last_posted_at,
            names.name(LastAuthor.name, Topic.last_pen_name).label("last_author_name"),
        )
        .join(seen, seen.c.id == Forum.id)
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(Topic, Topic.id == seen.c.newest)
        .outerjoin(LastAuthor, LastAuthor.id == Topic.last_author_id)
        .order_by(Space.name, Space.id, Forum.position, Forum.name)
    )

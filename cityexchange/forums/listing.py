"""Lists of topics and forums, read as columns. Lists go on from the last line seen (a keyset), never by OFFSET."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import aliased

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.forums.models import ASKING, HIDDEN, Forum, Post, ReadPosition, Topic
from cityexchange.forums.reading import Names, themes_of
from cityexchange.languages.reading import Reading, SignRow, best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space

LINES = 30
"""Topics on a page of a list."""
NEW_FOR = timedelta(days=14)
"""How long a topic is new to a member whose last visit we do not know."""
LastAuthor = aliased(Member, name="last_author")


@dataclass(frozen=True)
class TopicList:
    """`titles` and `themes` by topic id, names of `forums` by theirs; `following`: where the next page begins, or None."""

    topics: list[Any]
    titles: dict[int, Any]
    themes: dict[int, list[str]]
    forums: dict[int, Reading]
    following: str | None = None


def topics_for(
    reader: Any, *conditions: Any, before: str = "", limit: int = LINES, pinned_first: bool = False
):
    """The topics that the reader may see and that meet the conditions, newest reply first."""
    order = [Topic.is_pinned, *TIME_ORDER] if pinned_first else TIME_ORDER
    query = topic_lines(reader).where(*conditions, *_beyond(before, order))
    rows = db.session.execute(query.order_by(*(c.desc() for c in order)).limit(limit + 1)).all()
    more, rows = len(rows) > limit, rows[:limit]
    following = place_of(rows[-1]) if more else None
    return TopicList(rows, titles_of(rows), themes_of(rows), names_of_forums(rows), following)


TIME_ORDER = [Topic.last_posted_at, Topic.id]


def topic_lines(reader: Any) -> Select[Any]:
    names = Names(reader.is_authenticated, Space.hides_names)
    return (
        visible_to(reader, Topic)
        .with_only_columns(
            literal("Topic").label("record_type"),
            Topic.id,
            Topic.title,
            Topic.language,
            Topic.kind,
            Topic.state,
            Topic.is_pinned,
            Topic.post_count,
            Topic.created_at,
            Topic.last_posted_at,
            names.of(Member.name).label("author_name"),
            names.of(LastAuthor.name).label("last_author_name"),
            names.of(City.name, is_person=False).label("city_name"),
            Topic.forum_id,
            Forum.name.label("forum_name"),
            Forum.slug.label("forum_slug"),
            Forum.language.label("forum_language"),
            Space.confidentiality,
            ReadPosition.position.label("read_until"),
            and_(ReadPosition.position.is_(None), Topic.created_at > new_since(reader)).label("is_new"),
        )
        .join(Forum, Forum.id == Topic.forum_id)
        .join(Space, Space.id == Forum.space_id)
        .join(Member, Member.id == Topic.author_id)
        .outerjoin(LastAuthor, LastAuthor.id == Topic.last_author_id)
        .outerjoin(City, City.id == Topic.author_city_id)
        .outerjoin(ReadPosition, (ReadPosition.topic_id == Topic.id) & (ReadPosition.member_id == reader.id))
    )


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


def _beyond(before, order):
    """The condition for lines after a place; a place that nobody gave out is the beginning."""
    parts = before.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 17 for part in parts):
        return []
    moment = datetime.fromtimestamp(int(parts[1]) / 1_000_000, UTC)
    later = or_(Topic.last_posted_at < moment, and_(Topic.last_posted_at == moment, Topic.id < int(parts[2])))
    if len(order) == 2:
        return [later]
    if parts[0] == "1":
        return [or_(Topic.is_pinned.is_(False), and_(Topic.is_pinned, later))]
    return [Topic.is_pinned.is_(False), later]


def is_waiting() -> ColumnElement[bool]:
    """A question that nobody has answered to the asker's help."""
    return and_(Topic.kind.in_(ASKING), Topic.state == "open")


FILTERS = {
    "latest": lambda reader: (),
    "new": lambda reader: (ReadPosition.position.is_(None), Topic.created_at > new_since(reader)),
    "unread": lambda reader: (ReadPosition.position < Topic.post_count,),
    "unanswered": lambda reader: (is_waiting(),),
    "mine": lambda reader: (Topic.id.in_(select(Post.topic_id).where(Post.author_id == reader.id)),),
}


def forums_by_space(reader: Any, *conditions: Any) -> list[tuple[Any, list[Any]]]:
    """[(a line with the space's columns, the lines of its forums)], with each forum's newest visible topic."""
    rows = [ForumLine(row) for row in db.session.execute(_forum_lines(reader).where(*conditions))]
    titles = titles_of([row.topic for row in rows if row.topic_id])
    for row in rows:
        row.title = titles.get(row.topic_id)
    return [
        (lines[0], lines)
        for _, group in groupby(rows, key=lambda row: row.space_id)
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
    """A row with the title of its newest topic as this reader reads it best; itself a sign, as a forum is."""

    record_type, is_sign = "Forum", True

    def __init__(self, row):
        self.row, self.title = row, None
        self.space = SignRow("Space", row.space_id, row.space_name, row.space_language)
        self.topic = NewestTopic(row.topic_id, row.topic_title, row.topic_language)

    def __getattr__(self, name):
        return getattr(self.row, name)


def _forum_lines(reader):
    names = Names(reader.is_authenticated, Space.hides_names)
    newest = (
        select(Topic.id)
        .where(Topic.forum_id == Forum.id, Topic.state.not_in(HIDDEN))
        .order_by(Topic.last_posted_at.desc(), Topic.id.desc())
        .limit(1)
        .correlate(Forum)
        .scalar_subquery()
    )
    return (
        visible_to(reader, Forum)
        .with_only_columns(
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
            names.of(LastAuthor.name).label("last_author_name"),
        )
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(Topic, Topic.id == newest)
        .outerjoin(LastAuthor, LastAuthor.id == Topic.last_author_id)
        .order_by(Space.name, Space.id, Forum.position, Forum.name)
    )

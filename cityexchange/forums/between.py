"""Which cities answered which in the last 90 days, in what everybody may read. For the world of dots."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from cityexchange.cities.models import City
from cityexchange.cities.world import DOT, Dot
from cityexchange.core.db import UTCDateTime, among, at_most, rows, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.core.versions import each
from cityexchange.forums.models import ASKING, Forum, Post, Topic
from cityexchange.members.models.people import Visitor
from cityexchange.spaces.models import Space

DAYS = 90
MOST = 2_000
"""Questions that are looked at: the newest of these days."""
ANYBODY = Visitor()
SINCE = bindparam("since", type_=UTCDateTime)


def since() -> datetime:
    """From a day's beginning on, so that what is kept of it holds for a day."""
    return utcnow().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)


def answers_between() -> dict[tuple[int, int], int]:
    """{(id of the city that asked, of the one that answered): how often}. Of names that are hidden or chosen the city is hidden too."""
    found = rows(_answers_between(ANYBODY), {**ANYBODY.bind_values, "since": since()})
    return {(asked, answered): count for asked, answered, count in found}


@prepared
def _answers_between(reader: Reader) -> Select[Any]:
    asked = _asked(reader).order_by(Topic.last_posted_at.desc(), Topic.id.desc()).limit(at_most(MOST))
    topic = asked.subquery("asked")
    pair = topic.c.author_city_id, Post.author_city_id
    is_answer = Post.removed_at.is_(None), Post.pen_name.is_(None), Post.position > 1, Post.posted_at >= SINCE
    return (
        select(*pair, func.count())
        .join(topic, topic.c.id == Post.topic_id)
        .where(*is_answer, Post.author_city_id != topic.c.author_city_id)
        .group_by(*pair)
    )


def _asked(reader: Reader):
    is_signed = Topic.author_city_id.is_not(None), Topic.pen_name.is_(None), ~Space.hides_names
    visible = visible_to(reader, Topic).join(Forum, Forum.id == Topic.forum_id)
    visible = visible.join(Space, Space.id == Forum.space_id)
    visible = visible.where(*is_signed, among(Topic.kind, ASKING), Topic.last_posted_at >= SINCE)
    return visible.with_only_columns(Topic.id, Topic.author_city_id)


def version_of_answers(reader: Reader) -> Any:
    """A column that differs whenever a conversation that the reader sees does; beside `since` it is what the above depends on."""
    visible = visible_to(reader, Forum).join(Space, Space.id == Forum.space_id)
    return visible.with_only_columns(each(Forum) + each(Space)).scalar_subquery()


def cities_of_topic(id: int) -> list[Dot]:
    """Those whose people wrote in it under their own names, the one that began it first. Of a topic that the reader sees, where names show."""
    return [Dot(*row) for row in rows(_cities_of_topic(), {"topic_id": id})]


@prepared
def _cities_of_topic() -> Select[Any]:
    is_there = Post.topic_id == bindparam("topic_id"), Post.removed_at.is_(None), Post.pen_name.is_(None)
    wrote = (
        select(*DOT).join(Post, Post.author_city_id == City.id).where(*is_there, City.latitude.is_not(None))
    )
    return wrote.group_by(City.id).order_by(func.min(Post.position))

"""Lists of forums, each with its newest topic, read as columns."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, select

from cityexchange.core.db import among, at_most, rows
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.versions import each, next_moment
from cityexchange.forums.bylines import Names
from cityexchange.forums.listing import (
    FILTERS,
    NEW_SINCE,
    Conditions,
    LastAuthor,
    Which,
    new_since,
    titles_of,
)
from cityexchange.forums.models import HIDDEN, Forum, Topic
from cityexchange.languages.reading import UiNameRow, best_readings, reader_languages
from cityexchange.spaces.models import Space
from cityexchange.spaces.policy import SpacePolicy


def version_of_boards(reader: OneReader, slug: str | None = None) -> tuple[Any, ...]:
    """Which forums the reader sees, all or the one of this slug; and what differs whenever one of them changes, or its space. The
    page of one forum says what is new: it changes also as a topic of it is so no more."""
    bind_values = {**reader.bind_values, "wanted": slug, "new_since": new_since(reader)}
    return tuple(rows(_version(reader, slug is not None), bind_values).one())


@prepared
def _version(reader: Reader, is_of_one: bool) -> Select[*tuple[Any, ...]]:
    wanted = Forum.slug == bindparam("wanted", type_=Forum.slug.type)
    both = each(Forum), each(Space)
    visible: Select[*tuple[Any, ...]] = visible_to(reader, Forum).with_only_columns(*both).join(Space)
    if not is_of_one:
        return visible
    # Asked for by its key, not joined: then a database reads one entry of the index, however much is new.
    its_key = select(Forum.id).where(wanted).correlate(None).scalar_subquery()
    oldest_new = next_moment(Topic.created_at, Topic.forum_id == its_key, now=NEW_SINCE)
    return visible.where(wanted).add_columns(oldest_new)


def in_space(_reader: Reader) -> Conditions:
    return (Forum.space_id == bindparam("space_id"),)


def forums_by_space(
    reader: OneReader, which: Which = FILTERS["latest"], **bind_values: Any
) -> list[tuple[Any, list[Any]]]:
    """[(a line with the space's columns, the lines of its forums)], with each forum's newest visible topic."""
    found = [
        ForumLine(row) for row in rows(_forum_lines(reader, which), {**reader.bind_values, **bind_values})
    ]
    titles = titles_of([row.topic for row in found if row.topic_id])
    ui_names = [*found, *{row.space for row in found}]
    readings = best_readings(reader_languages(), ui_names, ("name", "description"))
    for row in found:
        row.say(titles, readings)
    groups = [list(group) for _, group in groupby(found, key=lambda row: row.space_id)]
    in_turn = by_name(groups, lambda lines: lines[0].space_ui_name.text)
    return [(lines[0], in_place(lines)) for lines in in_turn]


def in_place(lines: list[Any]) -> list[Any]:
    """Where those who look after the space put them; forums in the same place by the names that the reader sees."""
    return sorted(by_name(lines, lambda line: line.ui_name.text), key=lambda line: line.position)


@dataclass(frozen=True)
class NewestTopic:
    """As much of a topic as its best reading asks for."""

    id: int
    title: str
    language: str
    record_type = "Topic"


class ForumLine:
    """A row that reads itself, its space and the title of its newest topic as this reader reads them best."""

    record_type, is_ui_name = "Forum", True

    def __init__(self, row):
        self.row = row
        self.space = UiNameRow("Space", row.space_id, row.space_name, row.space_language)
        self.topic = NewestTopic(row.topic_id, row.topic_title, row.topic_language)

    def say(self, titles, readings):
        """What all lines of the page were found to say, as far as it is about this one."""
        self.title = titles.get(self.topic.id)
        self.ui_name, self.about = (readings["Forum", self.id, field] for field in ("name", "description"))
        self.space_ui_name = readings["Space", self.space.id, "name"]

    def __getattr__(self, name):
        return getattr(self.row, name)


@prepared
def _forum_lines(reader: Reader, which: Which) -> Select[*tuple[Any, ...]]:
    names = Names(SpacePolicy.naming(reader), Space.hides_names)
    newest = visible_to(reader, Forum).with_only_columns(Forum.id, _newest_topic()).where(*which(reader))
    # Told to, or PostgreSQL reads all topics to find the newest few.
    visible = newest.cte("visible").prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        select(
            Forum.id,
            Forum.slug,
            Forum.name,
            Forum.description,
            Forum.language,
            Forum.position,
            Forum.topic_count,
            Forum.post_count,
            Forum.space_id,
            Space.name.label("space_name"),
            Space.slug.label("space_slug"),
            Space.language.label("space_language"),
            Space.confidentiality,
            *(Topic.id.label("topic_id"), Topic.title.label("topic_title"), Topic.last_posted_at),
            Topic.language.label("topic_language"),
            names.name(LastAuthor.name, Topic.last_pen_name).label("last_author_name"),
        )
        .join(visible, visible.c.id == Forum.id)
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(Topic, Topic.id == visible.c.newest)
        .outerjoin(LastAuthor, LastAuthor.id == Topic.last_author_id)
        .order_by(Space.id, Forum.id)
    )


def _newest_topic():
    topics = select(Topic.id).where(Topic.forum_id == Forum.id, ~among(Topic.state, HIDDEN))
    newest_first = topics.order_by(Topic.last_posted_at.desc(), Topic.id.desc())
    return newest_first.limit(at_most(1)).correlate(Forum).scalar_subquery().label("newest")

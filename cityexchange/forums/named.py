"""Lists of topics that rows of another table name: what is about a theme, where a city has spoken."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from cityexchange.core.db import at_most, rows
from cityexchange.core.reader import OneReader, Reader
from cityexchange.forums.listing import (
    FILTERS,
    LINES,
    Conditions,
    TopicList,
    Which,
    has_row,
    topics_for,
    whichever,
)
from cityexchange.forums.models import Tagging, Topic


class Named:
    """Topics that rows of another table name: those few rows first, or, where there are many, the topics in the order of
    time until a page is full. The other way round each reads all topics, or all rows."""

    MANY = 200

    def __init__(self, topic_id: Any, whose: ColumnElement[bool], *where: Any, which: Which = whichever):
        """`whose`: the condition that an index knows. `which`: of the topics."""
        most = select(topic_id).where(whose).limit(at_most(self.MANY)).subquery()
        self.number = select(func.count()).select_from(most)
        self.rows = select(topic_id).where(whose, *where)
        self.topic_id, self.which = topic_id, which

    def page(self, reader: OneReader, limit: int = LINES, before: str = "", **bind_values: Any) -> TopicList:
        are_many = rows(self.number, bind_values).scalar() == self.MANY
        which = self.of_many if are_many else self.of_few
        return topics_for(reader, which, before, limit, **bind_values)

    def of_few(self, reader: Reader) -> Conditions:
        return Topic.id.in_(self.rows), *self.which(reader)

    def of_many(self, reader: Reader) -> Conditions:
        return *self.which(reader), has_row(self.rows.where(self.topic_id == Topic.id))


ON_THEME = {
    name: Named(Tagging.topic_id, Tagging.theme_id == bindparam("theme_id"), which=which)
    for name, which in FILTERS.items()
}
"""The same filters, of what is about one theme: `theme_id`."""

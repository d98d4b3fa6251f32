"""A thread translated post by post on one page: its title and so many posts at once, those that are translated too."""

from collections.abc import Iterator
from math import ceil
from typing import Any, NamedTuple

from flask import abort, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, select

from cityexchange.core.db import db
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader
from cityexchange.drafts.forms import Drafted
from cityexchange.forums.models import PAGE, Post, Topic
from cityexchange.languages.beside import Below
from cityexchange.languages.choices import language_choices
from cityexchange.languages.labels import field_words
from cityexchange.languages.sitting import ManyTexts, Named, Text, called_here, texts_of

TOGETHER = 10
"""Posts on a page."""


class ThreadForm(Drafted, ManyTexts):
    @staticmethod
    def called(name: str) -> str:
        """What stands under `name` in a draft: title, or text-4 for the fourth post."""
        number = name.partition("-")[2]
        return called_here(_called(int(number)) if number.isdecimal() else str(field_words["title"]))


class Sitting(NamedTuple):
    topic: Topic
    language: str
    number: int
    pages: int
    texts: list[Text]

    @property
    def left(self) -> int:
        return sum(text.is_left for text in self.texts)

    @property
    def names(self) -> dict[str, Any]:
        """Of the address."""
        return {"id": self.topic.id, "language": self.language, "number": self.number}


def texts_below(id: Any) -> list[Below]:
    """For lists, which cost the same however long a thread is: the posts of its first page."""
    return [Below(Post, (Post.topic_id == id, Post.position <= PAGE, Post.removed_at.is_(None)))]


def page_into(id: int, language: str) -> str:
    return url_for("forums.new_translations", id=id, language=language)


def sitting_of(topic: Topic, reader: OneReader, language: str, number: int) -> Sitting:
    """404 for a language that nobody writes in, and for a page beyond the last one."""
    pages = max(1, ceil(topic.post_count / TOGETHER))
    if language not in dict(language_choices(get_locale())) or not 1 <= number <= pages:
        abort(404)
    return Sitting(topic, language, number, pages, texts_of(reader, _named(topic, number), language))


def _named(topic, number) -> Iterator[Named]:
    if number == 1:
        yield "title", str(field_words["title"]), topic, "title"
    positions = {"after": (number - 1) * TOGETHER, "until": number * TOGETHER}
    for post in db.session.scalars(_posts(), {"topic_id": topic.id, **positions}):
        yield f"text-{post.position}", _called(post.position), post, "text"


def _called(position):
    return _("Post %(number)s", number=position)


@prepared
def _posts() -> Select[Any]:
    """A removed one has no words any more."""
    range_ = Post.position > bindparam("after"), Post.position <= bindparam("until")
    there = Post.topic_id == bindparam("topic_id"), Post.removed_at.is_(None)
    return select(Post).where(*there, *range_).order_by(Post.position)

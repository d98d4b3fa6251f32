"""Whether more of a page is read than its title: told with the title's translation, in the statement that looks for it anyway.

below_title.add("Topic", lambda id: [Below(Post, (Post.topic_id == id, Post.removed_at.is_(None)))])
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, false, or_, select, true
from sqlalchemy.orm import aliased

from cityexchange.core.db import constant
from cityexchange.core.registries import Registry
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.models import Translation

below_title = Registry("texts read on the page of a record below its title: f(id) -> [Below] by its type")


class Below(NamedTuple):
    """Records of `model`, `there` on the page; the title is none of their texts."""

    model: Any
    there: tuple[Any, ...]
    language: Any = None
    """Where it is no column of theirs."""

    @property
    def fields(self) -> list[str]:
        is_whole = self.model.__name__ in below_title
        return [field for field in self.model.translated_fields if not (is_whole and field == "title")]


def is_half_read() -> ColumnElement[bool]:
    """A column beside a row of `translations`: true where that is of a title, into one of `languages` (a parameter), and
    something below it is neither in one of them nor translated into one."""
    is_asked = Translation.field == constant("title"), _is_read(Translation.language)
    kinds = [
        (and_(Translation.record_type == constant(name), *is_asked), _has_unread(below_title[name]))
        for name in below_title.names()
    ]
    return case(*kinds, else_=false()).label("is_half") if kinds else false().label("is_half")


def _has_unread(texts_below):
    return or_(*(_is_unread(below) for below in texts_below(Translation.record_id)))


def _is_unread(below: Below) -> ColumnElement[bool]:
    language = below.model.language if below.language is None else below.language
    is_foreign = ~_is_read(language), language != constant(UNDETERMINED)
    unread = or_(*_untranslated(below.model, below.fields))
    there = select(true()).select_from(below.model).where(*below.there, *is_foreign, unread)
    return there.correlate(Translation).exists()


def _untranslated(model: Any, fields: Iterable[str]) -> Iterable[ColumnElement[bool]]:
    other = aliased(Translation)
    for field in fields:
        of_it = other.record_type == constant(model.__name__), other.record_id == model.id
        into = other.field == constant(field), _is_read(other.language)
        yield and_(
            getattr(model, field) != "", ~select(other.id).where(*of_it, *into).correlate(model).exists()
        )


def _is_read(language: Any) -> ColumnElement[bool]:
    return language.in_(bindparam("languages", expanding=True))

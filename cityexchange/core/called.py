"""What something is called in each language: a reader sees the name of their own, and it is found under all of them.

    class City(CalledInLanguages, db.Model)
    city.names = {"ar": "طنجة", "fr": "Tanger"}
    city.called             on a page, in a mail: the name in the language of whoever reads, or else `name`
    City.called             the same in a statement, which costs none of its own
    city.called.in_language("fr")

Never the `name` of a city on a page: that is the one by which it is known to all who have no better one.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask_babel import get_locale
from sqlalchemy import JSON, ColumnElement, Text, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column, validates

from cityexchange.core.folding import fold
from cityexchange.core.i18n import LOCALES
from cityexchange.core.named import Named, found_by
from cityexchange.core.ordering import place_in_words

ARTICLE = "ال"


class Called:
    """All names of one thing. `str` of it is the one for who reads: make it where it is shown, not before."""

    __slots__ = ("kept", "names", "own")

    def __init__(self, own: str, names: Mapping[str, str] | None = None):
        """`names`: by language (fr), without `own`, which is for all others."""
        self.own = own
        self.names = {language: name for language, name in sorted((names or {}).items()) if name}
        self.kept = json.dumps({"": own, **self.names}, ensure_ascii=False)

    def in_language(self, locale: Any) -> str:
        return self.names.get(str(locale or "").partition("_")[0]) or self.own

    def every(self) -> tuple[str, ...]:
        """Each once, its own first."""
        return tuple(dict.fromkeys((self.own, *self.names.values())))

    def __str__(self) -> str:
        return self.in_language(get_locale())

    def __bool__(self) -> bool:
        return bool(self.own)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Called) and self.kept == other.kept

    def __hash__(self) -> int:
        return hash(self.kept)

    def __repr__(self) -> str:
        return self.kept


@lru_cache(maxsize=4096)
def called_of(kept: str) -> Called:
    """From `kept`."""
    names = json.loads(kept)
    return Called(names.pop(""), names)


class CalledText(TypeDecorator[Called]):
    """A text in the database: one that PostgreSQL can compare, as it cannot with JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else value.kept

    def process_result_value(self, value, dialect):
        return called_of(value) if value else value


def sought_as(called: Called) -> str:
    """What it is found by: all its names, each as a `Named` keeps its only one, Arabic ones without the article too."""
    names = called.every()
    bare = [without_article(name) for name in names]
    return "".join(dict.fromkeys(found_by(name) for name in (*names, *bare)))


def without_article(name: str) -> str:
    return " ".join(
        word[len(ARTICLE) :] if word.startswith(ARTICLE) and len(word) > len(ARTICLE) + 1 else word
        for word in name.split()
    )


def sorted_as(called: Called) -> dict[str, str]:
    """Its place in the lists of each language of ours."""
    return {language: place_in_words(called.in_language(language), language) for language in LOCALES}


def _of_row(make):
    """A column of rows that are written past the session: of the name alone."""
    return lambda context: make(Called(context.get_current_parameters().get("name") or ""))


class CalledInLanguages(Named):
    """A `Named` that may have other names in other languages."""

    has_many_names = True
    called: Mapped[Called] = mapped_column(CalledText, default=_of_row(lambda called: called))
    sought: Mapped[str] = mapped_column(Text, default=_of_row(sought_as), deferred=True)
    sorted_as: Mapped[dict[str, str]] = mapped_column(JSON, default=_of_row(sorted_as), deferred=True)

    @validates("name")
    def _fold_name(self, _key, name):
        self._answer_to(Called(name or "", self.names))
        return name

    @property
    def names(self) -> dict[str, str]:
        """By language; those that are missing are called by `name`."""
        return {} if self.called is None else dict(self.called.names)

    @names.setter
    def names(self, names: Mapping[str, str]) -> None:
        self._answer_to(Called(self.name or "", names))  # type: ignore[attr-defined]

    @property
    def display_name(self) -> str:
        return str(self.called)

    def name_in(self, locale: str | None) -> str:
        """For who does not read this now, but a mail later."""
        return self.called.in_language(locale)

    def _answer_to(self, called):
        self.called, self.folded = called, fold(called.own)
        self.sought, self.sorted_as = sought_as(called), sorted_as(called)

    @classmethod
    def sorted_in(cls, language: str) -> ColumnElement[Any]:
        return cls.sorted_as[language].as_string()

"""Names that people look for, and lists of them: both go by the fold, on every database alike."""

import re

from sqlalchemy import ColumnElement, Text, false, or_
from sqlalchemy.orm import Mapped, mapped_column, validates

from cityexchange.core.folding import fold, joined, sought, spelled

AS_IT_IS = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared letter by letter, whatever language the database was made in."""
SHORT_AND_OWN = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}")
LEAST_JOINED = 6
"""Letters across several words: of fewer, half a word would find what begins with two others."""


def found_by(name: str, is_person: bool = False) -> str:
    """Lines, a space before each way to spell it, a tab before several words written as one."""
    ways = spelled(name) + (given_names(name) if is_person else ())
    return "".join(["\n", *(f" {way}\n" for way in ways), *(f"\t{one}\n" for one in joined(ways))])


def given_names(name: str) -> tuple[str, ...]:
    """Of a name without spaces in signs of China or Korea, where the family's stands before one's own in one sign, or in two."""
    if not SHORT_AND_OWN.fullmatch(name):
        return ()
    return tuple(fold(name[start:]) for start in ((1, 2) if len(name) == 4 else (1,)))


def _fold_of_row(context):
    return fold(context.get_current_parameters().get("name") or "")


def _found_by_row(context):
    return found_by(context.get_current_parameters().get("name") or "")


class Named:
    """A model with a `name`, beside which is kept its fold, for order, and `sought`, for who looks for it."""

    names_people = False
    has_many_names = False
    """See core/called.py."""
    folded: Mapped[str] = mapped_column(AS_IT_IS, default=_fold_of_row)
    sought: Mapped[str] = mapped_column(Text, default=_found_by_row)

    @validates("name")
    def _fold_name(self, _key, name):
        self.folded, self.sought = fold(name or ""), found_by(name or "", self.names_people)
        return name


def begins(model: type[Named], letters: str) -> ColumnElement[bool]:
    """Whether the name, or a later word of it, begins so, however it is spelled."""
    ways = spelled(letters)
    return or_(false(), *(_holds(model, letters) for way in ways for letters in _beginnings(way)))


def _beginnings(way):
    yield f" {way}"
    one = way.replace(" ", "")
    if len(one) >= LEAST_JOINED:
        yield f"\t{one}"
        if one != way:
            yield from (f" {one} ", f" {one}\n")


def holds(model: type[Named], letters: str) -> ColumnElement[bool]:
    """Whether the name has this anywhere."""
    words = sought(letters)
    anywhere = model.sought if model.has_many_names else model.folded
    return or_(anywhere.contains(words, autoescape=True), begins(model, letters)) if words else false()


def is_called(model: type[Named], name: str) -> ColumnElement[bool]:
    """Whether this is the whole name, however it is spelled."""
    return or_(false(), *(_holds(model, f"\n {way}\n") for way in spelled(name)))


def _holds(model, letters):
    return model.sought.contains(letters, autoescape=True)

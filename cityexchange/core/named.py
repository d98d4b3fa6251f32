"""Names that people look for, and lists of them: both go by the fold, on every database alike."""

from sqlalchemy import ColumnElement, Text, false, or_
from sqlalchemy.orm import Mapped, mapped_column, validates

from cityexchange.core.folding import fold

AS_IT_IS = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared letter by letter, whatever language the database was made in."""


def _fold_of_row(context):
    return fold(context.get_current_parameters().get("name") or "")


class Named:
    """A model with a `name`, beside which its fold is kept."""

    folded: Mapped[str] = mapped_column(AS_IT_IS, default=_fold_of_row)

    @validates("name")
    def _fold_name(self, _key, name):
        self.folded = fold(name or "")
        return name


def begins(model: type[Named], letters: str) -> ColumnElement[bool]:
    """Whether the name, or a later word of it, begins so."""
    words = fold(letters)
    if not words:
        return false()
    return or_(
        model.folded.startswith(words, autoescape=True), model.folded.contains(f" {words}", autoescape=True)
    )


def holds(model: type[Named], letters: str) -> ColumnElement[bool]:
    """Whether the name has this anywhere."""
    words = fold(letters)
    return model.folded.contains(words, autoescape=True) if words else false()

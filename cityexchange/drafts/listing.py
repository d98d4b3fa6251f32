"""A member's own drafts, in a number of statements that does not grow with them."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import load_only

from cityexchange.core.db import at_most, db
from cityexchange.core.field_names import named_in
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.drafts.fields import texts_of
from cityexchange.drafts.models import Draft
from cityexchange.drafts.places import Place, Spot, spot_of
from cityexchange.languages.reading import Reading
from cityexchange.members.naming import each_called

LINES = 20
"""Drafts on a page of the list."""
NEWEST_FIRST = (Draft.updated_at.desc(), Draft.id.desc())
IN_SHORT = load_only(
    Draft.place, Draft.opening, Draft.version, Draft.updated_at, Draft.current, Draft.is_aside
)


@dataclass(frozen=True)
class Line:
    draft: Any
    spot: Spot | None
    is_open: bool
    """Whether its form is still open to the member: where not, nothing is told of what it is about."""
    title: Reading | None
    opening: str
    """How it begins, with the names of whom it calls."""

    @property
    def way_on(self) -> str | None:
        """To its form with it inside; None where there is none, or another one is in it."""
        if self.spot is None or not self.is_open:
            return None
        if self.draft.current:
            return self.spot.page
        return self.spot.page_with(draft=self.draft.id) if self.spot.place.is_several else None


def page_of(member: OneReader) -> tuple[list[Line], Stretch]:
    """What was changed last comes first. The words themselves stay in the database."""
    stretch = stretch_of(visible_to(member, Draft).options(IN_SHORT), NEWEST_FIRST, LINES)
    return lines_of([draft for (draft,) in stretch.rows], member), stretch


def first_of(member: OneReader, most: int) -> list[Line]:
    mine = visible_to(member, Draft).options(IN_SHORT).order_by(*NEWEST_FIRST)
    return lines_of(db.session.scalars(mine.limit(at_most(most))).all(), member)


def lines_of(drafts: Any, member: OneReader) -> list[Line]:
    spots = {draft.place: spot_of(draft.place) for draft in drafts}
    titles = {name: place.about(member, ids) for name, (place, ids) in _asked(spots).items()}
    openings = each_called([draft.opening for draft in drafts], member)
    return [
        _line(draft, spots[draft.place], titles, opening)
        for draft, opening in zip(drafts, openings, strict=True)
    ]


def _asked(spots):
    """{endpoint: (its place, the records that the addresses name)}"""
    found: dict[str, tuple[Place, list[Any]]] = {}
    for spot in filter(None, spots.values()):
        found.setdefault(spot.endpoint, (spot.place, []))[1].append(spot.name)
    return found


def _line(draft, spot, titles, opening):
    about = titles[spot.endpoint] if spot else {}
    is_open = spot is not None and spot.name in about
    return Line(draft, spot, is_open, about[spot.name] if is_open else None, opening)


def named_texts(fields: list[list[str]], place: str) -> list[tuple[str, str]]:
    """[(what the form there calls it, text), ..]; by its number alone where no form has it any more."""
    spot = spot_of(place)
    form = spot.place.form if spot else None
    texts = enumerate(texts_of(fields), 1)
    return [(named_in(form, name) or _("Text %(number)s", number=at), text) for at, (name, text) in texts]

"""The directory of people: found by name, by what they can be asked about, by city, language and role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import get_locale
from sqlalchemy import ColumnElement, String, and_, case, cast, false, func, or_, select, true

from cityexchange.cities.filters import named
from cityexchange.cities.models import City
from cityexchange.core.db import at_most, db
from cityexchange.core.folding import sought
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.named import begins
from cityexchange.core.ordering import in_order
from cityexchange.core.reader import OneReader
from cityexchange.languages.choices import language_choices
from cityexchange.members.labels import SEAT_ROLES, TEAM_ROLES
from cityexchange.members.models import AskTheme, Member, Seat
from cityexchange.members.policy import MemberPolicy
from cityexchange.members.seats import running
from cityexchange.organisations.models import Organisation
from cityexchange.themes.models import Theme
from cityexchange.themes.recognising import themes_in
from cityexchange.themes.taxonomy import KEYS

LINES = 30
"""People on a page."""
MANY = 200
LONGEST = 100
MOST_WORDS = 8
"""Of what somebody looks for."""
ROLES = {key: words for key, words in SEAT_ROLES.items() if key not in ("member", "elected_member")}
ROLES |= TEAM_ROLES


class Person(NamedTuple):
    """In columns: a page of people need not load as many records."""

    id: int
    name: str
    handle: str
    job_title: str
    locale: str
    languages: dict[str, str]
    asks_line: str
    team_role: str | None
    theme_keys: str | None
    """That they may be asked about, in the taxonomy's order: "housing,work"."""

    @property
    def themes(self) -> list[str]:
        return self.theme_keys.split(",") if self.theme_keys else []


def _theme_keys() -> Any:
    asked = select(Theme.key).join(AskTheme, AskTheme.theme_id == Theme.id)
    asked = asked.where(AskTheme.member_id == Member.id).order_by(Theme.position)
    keys = asked.correlate(Member).subquery()
    return select(func.aggregate_strings(keys.c.key, ",")).scalar_subquery()


COLUMNS = *(getattr(Member, name) for name in Person._fields[:-1]), _theme_keys().label("theme_keys")


@dataclass(frozen=True)
class Line:
    person: Person
    seat: Any
    """Its `role`, `city`, `slug` of the city, `organisation`; or None."""


def chosen_of(arguments: Mapping[str, str]) -> dict[str, str]:
    """{filter: what was asked for}; what nobody knows narrows nothing."""
    asked = {name: arguments.get(name, "").strip()[:LONGEST] for name in CONDITIONS}
    known = {"theme": KEYS, "role": ROLES, "language": [code for code, _ in language_choices(get_locale())]}
    return {name: value if value in known.get(name, [value]) else "" for name, value in asked.items()}


def page_of(reader: OneReader, chosen: Mapping[str, str]) -> tuple[list[Line], Stretch]:
    conditions = (CONDITIONS[name](value) for name, value in chosen.items() if value)
    people = MemberPolicy.listed(reader).where(*conditions).with_only_columns(*COLUMNS)
    stretch = stretch_of(people, in_order(Member), LINES)
    return _lines_of([Person(*row) for row in stretch.rows]), stretch


def theme_of(chosen: Mapping[str, str]) -> str | None:
    """What a question to one of them would be about."""
    return chosen["theme"] or next(iter(themes_in(chosen["q"])), None)


def _called_or_asked_about(text: str) -> ColumnElement[bool]:
    """By name, by a theme that the words are about, or by what they say of themselves."""
    words = sought(text).split()[:MOST_WORDS]
    if not words:
        return false()
    by_theme = select(AskTheme.member_id).join(Theme).where(Theme.key.in_(themes_in(text)))
    is_called = or_(begins(Member, text), and_(*(begins(Member, word) for word in words)))
    says = and_(*(Member.asks_folded.contains(word, autoescape=True) for word in words))
    return or_(is_called, says, Member.id.in_(by_theme))


def _in_city(name: str) -> ColumnElement[bool]:
    cities = select(City.id).where(named(name))
    return Member.id.in_(select(Seat.member_id).where(running(), Seat.city_id.in_(cities)))


def _asked_about(key: str) -> ColumnElement[bool]:
    """Few are named by the theme, of many each is asked in the order of names, until the page is full."""
    theme_id = db.session.scalar(select(Theme.id).where(Theme.key == key))
    asked = select(AskTheme.member_id).where(AskTheme.theme_id == theme_id)
    if len(db.session.scalars(asked.limit(at_most(MANY))).all()) < MANY:
        return Member.id.in_(asked)
    mine = select(true()).where(AskTheme.theme_id == theme_id, AskTheme.member_id == Member.id)
    return mine.correlate(Member).limit(at_most(1)).scalar_subquery().is_(True)


def _knows(language: str) -> ColumnElement[bool]:
    """They are JSON, on both databases the text {"fr": "fluent"}. A database takes it for rare, and would look at everybody first,
    were it not asked for one after the other."""
    is_there = cast(Member.languages, String).contains(f'"{language}":', autoescape=True)
    return case((is_there, 1), else_=0) == 1


def _in_role(key: str) -> ColumnElement[bool]:
    if key in TEAM_ROLES:
        return Member.team_role.in_((key,))
    return Member.id.in_(select(Seat.member_id).where(running(), Seat.role == key))


CONDITIONS = {
    "q": _called_or_asked_about,
    "city": _in_city,
    "theme": _asked_about,
    "language": _knows,
    "role": _in_role,
}


def _lines_of(people: list[Person]) -> list[Line]:
    seats = _seats_of([person.id for person in people])
    return [Line(person, seats.get(person.id)) for person in people]


def _seats_of(ids: Iterable[int]) -> dict[int, Any]:
    """The newest of each, as everywhere."""
    columns = (
        Seat.member_id,
        Seat.role,
        City.called.label("city"),
        City.slug,
        City.paving,
        Organisation.name.label("organisation"),
    )
    found = select(*columns).outerjoin(City, City.id == Seat.city_id)
    found = found.outerjoin(Organisation, Organisation.id == Seat.organisation_id)
    found = found.where(Seat.member_id.in_(ids), running()).order_by(Seat.id)
    return {row.member_id: row for row in db.session.execute(found)}

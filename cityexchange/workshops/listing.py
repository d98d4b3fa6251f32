"""Lists of workshops: the columns of one page, in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, and_, bindparam, cast, func, literal, null, or_, select

from cityexchange.cities.models import City
from cityexchange.core.db import among, at_most, rows, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.versions import NOW, next_moment, table_version
from cityexchange.events.models import Schedule
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.themes.models import Theme
from cityexchange.workshops.filters import Filters
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, HOLDING, Registration

LINES = 20
"""Workshops on a page of the list."""
EVERYTHING = Filters()
WITHOUT_DATE = ("draft", "postponed")
COLUMNS = (
    literal("Workshop").label("record_type"),
    Workshop.id,
    Workshop.title,
    Workshop.language,
    Workshop.state,
    Workshop.mode,
    Workshop.scope,
    Workshop.working_languages,
    Workshop.capacity_in_person,
    Workshop.capacity_online,
    Workshop.registration_closes_at,
    Schedule.starts_at,
    Schedule.ends_at,
    City.called.label("city_name"),
)
VERSION = (
    table_version(Workshop),
    next_moment(Workshop.registration_closes_at),
    next_moment(Schedule.ends_at),
)
"""Columns that differ whenever a list of workshops may show something else. Run with `now`."""
Which = Callable[[Reader], tuple[Any, ...]]
"""Conditions for a reader's rights: a function of the module."""


class Card(NamedTuple):
    """All that a list shows of a workshop. `left`: (kind, free places), None where nobody can register;
    `mine`: the state of the reader's registration."""

    id: int
    title: str
    language: str
    state: str
    mode: str | None
    scope: str | None
    working_languages: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    city_name: str | None
    left: tuple[tuple[str, int], ...] | None
    mine: str | None


class Line:
    """A row of a list, which answers as the whole record would."""

    is_ui_name = False
    id: int
    capacity: Any = Workshop.capacity
    places_offered: Any = Workshop.places_offered
    is_taking_registrations: Any = Workshop.is_taking_registrations

    def __init__(self, row):
        vars(self).update(zip(row._fields, row, strict=True))


def version() -> tuple[Any, ...]:
    """Of what visitors are shown; of what members are, it does not tell."""
    return tuple(rows(_version(), {"now": utcnow()}).one())


@prepared
def _version():
    return select(*VERSION)


def everywhere(_reader: Reader):
    return ()


def page_of(reader: OneReader, filters: Filters, page: int) -> tuple[list[Card], int]:
    """The workshops of one page that this reader may see, soonest first; and the number of pages."""
    found = _rows(reader, everywhere, filters, LINES, True, beyond=(page - 1) * LINES)
    return _cards(found), -(-found[0].number // LINES) if found else 1


def first_of(reader: OneReader, which: Which, most: int, **bind_values: Any) -> list[Card]:
    """The soonest among `which`; `bind_values` are the parameters of `which`."""
    return _cards(_rows(reader, which, EVERYTHING, most, False, beyond=0, **bind_values))


def _rows(reader: OneReader, which, filters, most, is_counted, **bind_values):
    lines = _lines(reader, which, filters, most, is_counted)
    return rows(lines, {**reader.bind_values, "now": utcnow(), **bind_values}).all()


@prepared
def _lines(reader: Reader, which: Which, filters: Filters, most: int, is_counted: bool) -> Select[Any]:
    visible = _narrow(visible_to(reader, Workshop).join(Workshop.schedule).where(*which(reader)), filters)
    number = select(func.count()).select_from(
        visible.with_only_columns(Workshop.id).order_by(None).subquery()
    )
    lines = visible.outerjoin(Workshop.host_city).with_only_columns(
        *COLUMNS, (number.scalar_subquery() if is_counted else null()).label("number")
    )
    beyond = bindparam("beyond", type_=Integer)
    return _with_mine(lines, reader).limit(at_most(most)).offset(beyond)


def _with_mine(lines, reader: Reader):
    if not reader.is_authenticated:
        return lines.add_columns(null().label("mine"))
    living = and_(
        Registration.workshop_id == Workshop.id,
        Registration.member_id == reader.id,
        ~among(Registration.state, GONE),
    )
    return lines.outerjoin(Registration, living).add_columns(Registration.state.label("mine"))


def _narrow(query, by):
    """An international workshop is for every region."""
    if by.theme:
        ids = select(workshop_themes.c.workshop_id).join(Theme).where(Theme.key == by.theme)
        query = query.where(Workshop.id.in_(ids))
    if by.language:
        query = query.where(_lists(Workshop.working_languages, by.language))
    if by.mode:
        query = query.where(Workshop.mode == by.mode)
    if by.region:
        query = query.where(or_(Workshop.scope == "international", _lists(Workshop.regions, by.region)))
    return _past(query) if by.is_past else _coming(query)


def _lists(column, key):
    return cast(column, String).contains(f'"{key}"', autoescape=True)


def _coming(query):
    is_ahead = or_(Schedule.ends_at > NOW, Schedule.ends_at.is_(None), among(Workshop.state, WITHOUT_DATE))
    return query.where(is_ahead).order_by(Schedule.starts_at.is_(None), Schedule.starts_at, Workshop.id)


def _past(query):
    has_ended = and_(Schedule.ends_at <= NOW, ~among(Workshop.state, WITHOUT_DATE))
    return query.where(has_ended).order_by(Schedule.starts_at.desc(), Workshop.id.desc())


@prepared
def _places():
    places = Registration.workshop_id, Registration.mode
    held = Registration.workshop_id.in_(bindparam("ids", expanding=True)), among(Registration.state, HOLDING)
    return select(*places, func.count()).where(*held).group_by(*places)


def _cards(found):
    lines = [Line(row) for row in found]
    titles = best_readings(reader_languages(), lines, ("title",))
    taken = _taken([line.id for line in lines if line.is_taking_registrations])
    return [_card(line, titles["Workshop", line.id, "title"], taken) for line in lines]


def _card(line, title, taken):
    left = _left(line, taken[line.id]) if line.is_taking_registrations else None
    return Card(
        line.id, title.text, title.language, line.state, line.mode, line.scope, tuple(line.working_languages),
        line.starts_at, line.ends_at, line.city_name, left, line.mine,
    )  # fmt: skip


def _taken(ids):
    taken: Any = defaultdict(dict)
    for id, mode, number in rows(_places(), {"ids": ids}) if ids else ():
        taken[id][mode] = number
    return taken


def _left(line, taken):
    return tuple(
        (place, max(0, (line.capacity(place) or 0) - taken.get(place, 0))) for place in line.places_offered
    )

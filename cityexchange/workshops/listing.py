"""Lists of workshops: the columns of one page, in a number of queries that does not grow."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import contains_eager, load_only

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.events.models import Schedule
from cityexchange.languages.reading import Reading, best_readings, reader_languages
from cityexchange.themes.models import Theme
from cityexchange.workshops.filters import Filters
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, HOLDING, Registration

ON_A_PAGE = 20
EVERYTHING = Filters()
WITHOUT_DATE = ("draft", "postponed")
COLUMNS = (
    load_only(
        Workshop.title,
        Workshop.language,
        Workshop.state,
        Workshop.mode,
        Workshop.scope,
        Workshop.working_languages,
        Workshop.capacity_in_person,
        Workshop.capacity_online,
        Workshop.registration_closes_at,
        Workshop.registration_until,
    ),
    contains_eager(Workshop.schedule).load_only(Schedule.starts_at, Schedule.ends_at, Schedule.timezone),
    contains_eager(Workshop.host_city).load_only(City.name, City.slug, City.country),
)


@dataclass(frozen=True)
class Card:
    """A workshop in a list. `left`: free places by kind; `mine`: the state of the reader's registration."""

    workshop: Workshop
    title: Reading
    left: dict[str, int]
    mine: str | None


def workshops_of(member, filters=EVERYTHING):
    """The workshops this member may see, soonest first, as `filters` narrow them."""
    seen = visible_to(member, Workshop).join(Workshop.schedule).outerjoin(Workshop.host_city)
    return _narrow(seen.options(*COLUMNS), filters)


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
    is_ahead = or_(Schedule.ends_at > utcnow(), Schedule.ends_at.is_(None), Workshop.state.in_(WITHOUT_DATE))
    return query.where(is_ahead).order_by(Schedule.starts_at.is_(None), Schedule.starts_at, Workshop.id)


def _past(query):
    is_over = and_(Schedule.ends_at <= utcnow(), Workshop.state.not_in(WITHOUT_DATE))
    return query.where(is_over).order_by(Schedule.starts_at.desc(), Workshop.id.desc())


def page_of(query, page):
    """The workshops of one page, and the number of pages."""
    ids = query.with_only_columns(Workshop.id).order_by(None)
    number = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    found = db.session.scalars(query.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)).all()
    return found, max(1, -(-number // ON_A_PAGE))


def cards(workshops, member) -> list[Card]:
    ids = [workshop.id for workshop in workshops]
    taken, mine = _taken(ids), _mine(ids, member)
    titles = best_readings(reader_languages(), workshops, ("title",)) if ids else {}
    return [
        Card(w, titles["Workshop", w.id, "title"], _left(w, taken[w.id]), mine.get(w.id)) for w in workshops
    ]


def _taken(ids):
    counts = (
        select(Registration.workshop_id, Registration.mode, func.count())
        .where(Registration.workshop_id.in_(ids), Registration.state.in_(HOLDING))
        .group_by(Registration.workshop_id, Registration.mode)
    )
    taken = defaultdict(dict)
    for id, mode, number in db.session.execute(counts) if ids else ():
        taken[id][mode] = number
    return taken


def _mine(ids, member):
    if not ids or not member.is_authenticated:
        return {}
    living = select(Registration.workshop_id, Registration.state).where(
        Registration.workshop_id.in_(ids),
        Registration.member_id == member.id,
        Registration.state.not_in(GONE),
    )
    return {row.workshop_id: row.state for row in db.session.execute(living)}


def _left(workshop, taken):
    offered = workshop.places_offered
    return {place: max(0, (workshop.capacity(place) or 0) - taken.get(place, 0)) for place in offered}

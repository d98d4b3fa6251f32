"""Lists of workshops: columns of one page, never graphs, in a number of queries that does not grow."""

from collections import defaultdict
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy import String, and_, cast, func, or_, select

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.events.models import Schedule
from cityexchange.languages.reading import best_titles
from cityexchange.themes.models import Theme
from cityexchange.workshops.models import PLACES_OF_MODE, Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, HOLDING, Registration

ON_A_PAGE = 20
COLUMNS = (
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
    Schedule.timezone,
    City.name.label("city_name"),
    City.slug.label("city_slug"),
    City.country.label("city_country"),
)
WITHOUT_DATE = ("draft", "postponed")


def workshops_of(member, **filters):
    """The workshops this member may see, as a Select of COLUMNS; see `narrow` for the filters."""
    seen = visible_to(member, Workshop).with_only_columns(*COLUMNS)
    seen = seen.join(Schedule, Schedule.id == Workshop.schedule_id)
    return narrow(seen.outerjoin(City, City.id == Workshop.host_city_id), **filters)


def narrow(query, theme=None, language=None, mode=None, region=None, is_past=False):
    """`theme` is a key, `language` a code, `region` one of cities.models.REGIONS (international ones always match)."""
    if theme:
        ids = select(workshop_themes.c.workshop_id).join(Theme).where(Theme.key == theme)
        query = query.where(Workshop.id.in_(ids))
    if language:
        query = query.where(_lists(Workshop.working_languages, language))
    if mode:
        query = query.where(Workshop.mode == mode)
    if region:
        query = query.where(or_(Workshop.scope == "international", _lists(Workshop.regions, region)))
    return _past(query) if is_past else _coming(query)


def _lists(column, key):
    return cast(column, String).contains(f'"{key}"', autoescape=True)


def _coming(query):
    is_ahead = or_(
        Schedule.ends_at > utcnow(), Schedule.ends_at.is_(None), Workshop.state.in_(WITHOUT_DATE)
    )
    return query.where(is_ahead).order_by(Schedule.starts_at.is_(None), Schedule.starts_at, Workshop.id)


def _past(query):
    is_over = and_(Schedule.ends_at <= utcnow(), Workshop.state.not_in(WITHOUT_DATE))
    return query.where(is_over).order_by(Schedule.starts_at.desc(), Workshop.id.desc())


def page_of(query, page):
    """One page of cards and the number of pages."""
    number = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = db.session.execute(query.limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)).all()
    return rows, max(1, -(-number // ON_A_PAGE))


def cards(rows, member):
    """What a list shows of each row: the columns, with `left` (free places by kind), `mine` and the reader's title."""
    ids = [row.id for row in rows]
    taken, mine = _taken(ids), _mine(ids, member)
    titles = best_titles(Workshop, rows, member)
    return [
        SimpleNamespace(
            **row._asdict() | titles[row.id],
            left=_left(row, taken[row.id]),
            mine=mine.get(row.id),
            is_open=_is_open(row, utcnow()),
        )
        for row in rows
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
    return {id: state for id, state in db.session.execute(living)}


def _left(row, taken):
    capacities = {"in_person": row.capacity_in_person, "online": row.capacity_online}
    offered = [place for place in PLACES_OF_MODE.get(row.mode, ()) if capacities[place]]
    return {place: max(0, capacities[place] - taken.get(place, 0)) for place in offered}


def _is_open(row, now: datetime):
    is_in_time = row.registration_closes_at is None or now < row.registration_closes_at
    return row.state == "registration_open" and is_in_time

"""Who comes to a workshop: for those who organise it, and for those who look at its page."""

from operator import attrgetter

from sqlalchemy import bindparam, func, select

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, db, rows
from cityexchange.core.ordering import by_name
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.members.models import Member
from cityexchange.workshops.registrations import Registration

LINES = 50
"""On a page of their list."""
NAMED = 24
"""Names of participants on the page; the number of the others follows."""


def registrants_of(workshop, member: Reader, page):
    """Rows for those who organise: those with a place, then those who wait, in order; and the number of pages."""
    living = visible_to(member, Registration).where(
        Registration.workshop_id == workshop.id, Registration.state != "withdrawn"
    )
    number = db.session.scalar(select(func.count()).select_from(living.subquery())) or 0
    named = living.join(Member, Member.id == Registration.member_id).outerjoin(
        City, City.id == Registration.city_id
    )
    columns = (
        *(Member.id.label("member_id"), Member.name, Member.job_title, City.called.label("city_name")),
        *(Registration.state, Registration.mode, Registration.language, Registration.registered_at),
    )
    ordered = named.with_only_columns(*columns).order_by(Registration.state, Registration.id)
    found = db.session.execute(ordered.limit(at_most(LINES)).offset((page - 1) * LINES)).all()
    return found, max(1, -(-number // LINES))


def names_of_coming(workshop, member: OneReader):
    """Who has a place, the first of them, as rows (id, name, city, its paving): for members only."""
    bind_values = {**member.bind_values, "workshop_id": workshop.id}
    return tuple(map(tuple, rows(_coming(member), bind_values)))


@prepared
def _coming(reader: Reader):
    coming = visible_to(reader, Registration).where(
        Registration.workshop_id == bindparam("workshop_id"), Registration.state == "confirmed"
    )
    named = coming.join(Member, Member.id == Registration.member_id).outerjoin(
        City, City.id == Registration.city_id
    )
    columns = (Member.id, Member.name, City.called.label("city_name"), City.paving)
    return named.with_only_columns(*columns).order_by(Registration.id).limit(at_most(NAMED))


@prepared
def _cities_that_come():
    among_these = City.id.in_(bindparam("ids", expanding=True))
    return select(City.called, City.slug).where(among_these)


def cities_of_coming(workshop, places):
    """The cities that come by name, as rows (called, slug): public, unless the space hides who takes part."""
    ids = [id for id in places.by_city if id]
    if not ids or (workshop.space and workshop.space.hides_names):
        return ()
    found = rows(_cities_that_come(), {"ids": ids})
    return tuple(map(tuple, by_name(found, attrgetter("called"))))

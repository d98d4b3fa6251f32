"""Who comes to a workshop, for those who organise it."""

from sqlalchemy import func, select

from cityexchange.cities.models import City
from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to
from cityexchange.members.models import Member
from cityexchange.workshops.registrations import Registration

LINES = 50
"""On a page of their list."""


def registrants_of(workshop, member, page):
    """Rows for those who organise: those with a place, then those who wait, in order; and the number of pages."""
    living = visible_to(member, Registration).where(
        Registration.workshop_id == workshop.id, Registration.state != "withdrawn"
    )
    number = db.session.scalar(select(func.count()).select_from(living.subquery())) or 0
    rows = living.join(Member, Member.id == Registration.member_id).outerjoin(
        City, City.id == Registration.city_id
    )
    columns = (
        *(Member.id.label("member_id"), Member.name, Member.job_title, City.name.label("city_name")),
        *(Registration.state, Registration.mode, Registration.language, Registration.registered_at),
    )
    ordered = rows.with_only_columns(*columns).order_by(Registration.state, Registration.id)
    found = db.session.execute(ordered.limit(at_most(LINES)).offset((page - 1) * LINES)).all()
    return found, max(1, -(-number // LINES))

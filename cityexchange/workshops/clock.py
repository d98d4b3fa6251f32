"""Steps that only wait for the time to come; the worker looks for them once a minute."""

from sqlalchemy import and_, or_, select

from cityexchange.core.db import among, db, utcnow
from cityexchange.events.models import Schedule
from cityexchange.workshops.models import Workshop


def follow_the_clock() -> None:
    """Harmless to run twice at once: each workshop is locked, in one order, and read afresh."""
    now = utcnow()
    closes = or_(Workshop.registration_closes_at <= now, Schedule.ends_at <= now)
    is_due = or_(
        and_(among(Workshop.state, ("announced", "registration_open")), closes),
        and_(Workshop.state == "registration_closed", Schedule.starts_at <= now),
        and_(Workshop.state == "running", Schedule.ends_at <= now),
    )
    due = select(Workshop).join(Workshop.schedule).where(is_due).order_by(Workshop.id)
    for workshop in db.session.scalars(due).all():
        workshop.follow_the_clock(now)

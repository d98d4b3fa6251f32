"""Steps that only wait for the time to come; the worker looks for them once a minute."""

from sqlalchemy import and_, or_, select

from cityexchange.core.db import db, utcnow
from cityexchange.events.models import Schedule
from cityexchange.workshops.models import Workshop


def follow_the_clock() -> None:
    """Harmless to run twice at once: each step begins by locking its workshop."""
    now = utcnow()
    is_due = or_(
        and_(Workshop.state == "registration_open", Workshop.registration_closes_at <= now),
        and_(Workshop.state == "registration_closed", Schedule.starts_at <= now),
        and_(Workshop.state == "running", Schedule.ends_at <= now),
    )
    for workshop in db.session.scalars(select(Workshop).join(Workshop.schedule).where(is_due)).all():
        workshop.follow_the_clock(now)

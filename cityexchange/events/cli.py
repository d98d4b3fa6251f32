from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.events.models import Schedule

events = AppGroup("events", help="Workshops and visits.")


@events.command("retime")
def retime():
    """Computes coming sessions again after an update of the time-zone database."""
    with unit_of_work():
        coming = select(Schedule).where(Schedule.ends_at > utcnow()).options(selectinload(Schedule.sessions))
        moved = [schedule.id for schedule in db.session.scalars(coming) if schedule.retime()]
    print(f"{len(moved)} schedules moved")

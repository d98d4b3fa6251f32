"""What was announced takes place unless somebody says no: registration closes, it begins, it is over."""

from sqlalchemy import or_

from cityexchange.events.models import Schedule
from cityexchange.states.clock import Passing, follow_the_clock
from cityexchange.workshops.models import Workshop


def closes(now):
    return or_(Workshop.registration_closes_at <= now, ends(now))


def begins(now):
    return Workshop.schedule.has(Schedule.starts_at <= now)


def ends(now):
    return Workshop.schedule.has(Schedule.ends_at <= now)


def init_app():
    follow_the_clock(
        "workshops",
        Workshop,
        Passing(("announced", "registration_open"), "registration_closed", closes),
        Passing(("registration_closed",), "running", begins),
        Passing(("running",), "completed", ends),
    )

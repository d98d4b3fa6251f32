"""Calls close after their deadline; visits begin and end with their days, in the host's zone."""

from datetime import timedelta

from cityexchange.events.times import wall_of
from cityexchange.states.clock import Passing, follow_the_clock
from cityexchange.visits.models import StudyVisit


def has_ended(now):
    return StudyVisit.call_deadline < now


def begins_soon(now):
    return StudyVisit.starts_on <= tomorrow(now)


def ends_soon(now):
    return StudyVisit.ends_on < tomorrow(now)


def tomorrow(now):
    """A day's margin, for zones are ahead of ours and behind."""
    return now.date() + timedelta(days=1)


def begins(visit, now):
    return visit.starts_on <= today(visit, now)


def visit_has_ended(visit, now):
    return visit.ends_on < today(visit, now)


def today(visit, now):
    return wall_of(now, visit.timezone).date()


def init_app():
    follow_the_clock(
        "visits",
        StudyVisit,
        Passing(("call_open",), "selecting", has_ended),
        Passing(("ready",), "under_way", begins_soon, begins),
        Passing(("under_way",), "reporting", ends_soon, visit_has_ended),
    )

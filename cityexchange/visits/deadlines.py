"""Steps that only wait for their day: calls close after their deadline, visits begin and end."""

from datetime import timedelta

from sqlalchemy import and_, or_

from cityexchange.core.db import db, utcnow
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.visits.models import StudyVisit


def close_due_calls() -> None:
    """Moves every open call past its deadline to the selection. Several workers at once do it once."""
    due = db.select(StudyVisit).where(StudyVisit.state == "call_open", StudyVisit.call_deadline < utcnow())
    for visit in db.session.scalars(due.with_for_update(skip_locked=True, of=StudyVisit)).all():
        visit.close_call(by=None)


def follow_the_calendar() -> None:
    """Visits that are ready begin, those under way end. A day's margin, for zones are ahead of ours and behind."""
    tomorrow = utcnow().date() + timedelta(days=1)
    is_near = or_(
        and_(StudyVisit.state == "ready", StudyVisit.starts_on <= tomorrow),
        and_(StudyVisit.state == "under_way", StudyVisit.ends_on < tomorrow),
    )
    near = db.select(StudyVisit).where(is_near).with_for_update(skip_locked=True, of=StudyVisit)
    for visit in db.session.scalars(near).all():
        visit.follow_the_calendar(utcnow())


def init_app(app):
    sweeps.add("visit_calls", Sweep(close_due_calls, every=60))
    sweeps.add("visit_days", Sweep(follow_the_calendar, every=60))

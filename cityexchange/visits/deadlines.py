"""Calls whose deadline has passed close by themselves."""

from cityexchange.core.db import db, utcnow
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.visits.models import StudyVisit


def close_due_calls() -> None:
    """Moves every open call past its deadline to the selection. Several workers at once do it once."""
    due = db.select(StudyVisit).where(StudyVisit.state == "call_open", StudyVisit.call_deadline < utcnow())
    for visit in db.session.scalars(due.with_for_update(skip_locked=True, of=StudyVisit)).all():
        visit.close_call(by=None)


def init_app(app):
    sweeps.add("visit_calls", Sweep(close_due_calls, every=60))

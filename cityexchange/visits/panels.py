"""What other pages show of the visits."""

from flask import url_for
from sqlalchemy import bindparam, or_, select

from cityexchange.cities.models import Interest
from cityexchange.core.db import UTCDateTime, at_most, db, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.registries import MOST_TASKS, city_panels, open_tasks, start_panels, theme_panels
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.visits.states import EDITABLE, FINAL

FEW = 3


def start_panel(reader: OneReader):
    """For visitors: whatever call is open. What concerns a member stands among what waits for them (`waits.py`)."""
    if reader.is_authenticated:
        return None
    calls = db.session.scalars(_calls(reader), {**reader.bind_values, "now": utcnow()}).all()
    return ("visits/panels/start.html", {"calls": calls, "titles": titles(calls)}) if calls else None


NOW = bindparam("now", type_=UTCDateTime)


def is_running(now=None):
    return (StudyVisit.state == "call_open") & (
        StudyVisit.call_deadline >= (utcnow() if now is None else now)
    )


@prepared
def _calls(reader: Reader):
    calls = visible_to(reader, StudyVisit).where(is_running(NOW))
    return calls.order_by(StudyVisit.call_deadline).limit(at_most(FEW))


def fitting(member):
    city_id = member.seat.city_id
    needs = select(Interest.theme_id).where(Interest.city_id == city_id, Interest.side == "need")
    begun = select(VisitApplication.visit_id).where(VisitApplication.applicant_id == member.id)
    yield StudyVisit.theme_id.in_(needs)
    yield StudyVisit.host_city_id != city_id
    yield StudyVisit.id.not_in(begun)


def city_panel(member, city):
    hosted = visible_to(member, StudyVisit).where(
        StudyVisit.host_city_id == city.id,
        or_(StudyVisit.state != "cancelled", StudyVisit.call_opened_at.is_not(None)),
    )
    visits = db.session.scalars(hosted.order_by(StudyVisit.starts_on.desc()).limit(at_most(FEW))).all()
    if not visits:
        return None
    return "visits/panels/city.html", {"visits": visits, "titles": titles(visits)}


def theme_panel(member, theme):
    """Open calls on this theme."""
    calls = visible_to(member, StudyVisit).where(is_running(), StudyVisit.theme_id == theme.id)
    visits = db.session.scalars(calls.order_by(StudyVisit.call_deadline).limit(at_most(FEW))).all()
    if not visits:
        return None
    return "visits/panels/theme.html", {"visits": visits, "titles": titles(visits)}


def titles(visits):
    """{visit id: its title in the language the reader reads best}"""
    readings = best_readings(reader_languages(), visits, fields=("title",))
    return {id: reading for (_, id, _), reading in readings.items()}


def tasks_of(reader: Reader, member):
    """Offers and applications that somebody has to carry on when the member leaves the place."""
    offers = select(StudyVisit).where(StudyVisit.offered_by_id == member.id, StudyVisit.state.not_in(FINAL))
    mine = select(VisitApplication).where(VisitApplication.applicant_id == member.id)
    begun = mine.where(VisitApplication.state.in_(EDITABLE))
    offers = offers.order_by(StudyVisit.id).limit(at_most(MOST_TASKS))
    begun = begun.order_by(VisitApplication.id).limit(at_most(MOST_TASKS))
    offered, applied = db.session.scalars(offers).all(), db.session.scalars(begun).all()
    words = titles([*offered, *(one.visit for one in applied)])
    visits = [(words[one.id].text, url_for("visits.show_visit", id=one.id)) for one in offered]
    applications = [
        (words[one.visit_id].text, url_for("visits.show_application", id=one.id)) for one in applied
    ]
    return visits + applications


def init_app(app):
    open_tasks.add("visits", tasks_of)
    theme_panels.add("visits", theme_panel, order=40)
    city_panels.add("visits", city_panel, order=30)
    start_panels.add("visits", start_panel, order=40)

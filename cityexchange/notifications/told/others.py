"""Whatever else happens is told in the words of the mail about it; here is where it leads."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import true
from sqlalchemy.orm import joinedload

from cityexchange.core.db import db
from cityexchange.core.policy import is_part_visible, policies, visible_to
from cityexchange.core.reader import OneReader
from cityexchange.languages.reading import read_ahead, reading
from cityexchange.membership.models import CityApplication
from cityexchange.notifications.told.shapes import Told
from cityexchange.visits.models import VisitApplication
from cityexchange.visits.states import VisitChange
from cityexchange.workshops.models import LearningObjective, Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import StateChange


class Sort(NamedTuple):
    place: str
    page: Callable[[Any], str]
    titled: Callable[[Any], Any] = lambda record: None
    """What has the title that the words name."""
    options: tuple[Any, ...] = ()
    """What the words ask of the record beside its columns, read with it."""
    is_open: Callable[[OneReader], Any] = lambda reader: true()
    """A condition beside the record's own: that the page is open to the reader where it leads."""


def _workshop(record):
    return url_for("workshops.show_workshop", id=record.workshop_id)


def _session(session):
    return url_for("workshops.show_workshop", id=session.workshop.id)


def _visit(part):
    return url_for("visits.show_visit", id=part.visit_id)


def _step_of_visit(change):
    if change.application_id:
        return url_for("visits.show_application", id=change.application_id)
    return url_for("visits.show_visit", id=change.visit_id)


def _within_workshop(model: Any) -> Sort:
    whole = joinedload(model.workshop).joinedload(Workshop.space)

    def is_open(reader: OneReader):
        return is_part_visible(reader, Workshop, model.workshop_id)

    return Sort("event", _workshop, lambda record: record.workshop, (whole,), is_open)


SORTS = {
    "EventSession": Sort("event", _session, lambda session: session.workshop),
    "LearningObjective": _within_workshop(LearningObjective),
    "OfferText": Sort("visit", _visit, lambda text: text.visit),
    "VisitSite": Sort("visit", _visit, lambda site: site.visit),
    "Registration": _within_workshop(Registration),
    "StateChange": _within_workshop(StateChange),
    "Workshop": Sort(
        "event",
        lambda workshop: url_for("workshops.show_workshop", id=workshop.id),
        lambda workshop: workshop,
        (joinedload(Workshop.space),),
    ),
    "StudyVisit": Sort("visit", lambda visit: url_for("visits.show_visit", id=visit.id), lambda visit: visit),
    "VisitChange": Sort("visit", _step_of_visit, lambda step: step.visit, (joinedload(VisitChange.visit),)),
    "VisitApplication": Sort(
        "visit",
        lambda application: url_for("visits.show_application", id=application.id),
        lambda application: application.visit,
        (joinedload(VisitApplication.visit),),
    ),
    "SpaceEntry": Sort("start", lambda entry: url_for("spaces.show_entry", id=entry.id)),
    "Space": Sort("start", lambda space: url_for("spaces.show_space", slug=space.slug)),
    "City": Sort("city", lambda city: url_for("cities.show_city", slug=city.slug)),
    "CityApplication": Sort(
        "city",
        lambda application: url_for("membership.show_application", id=application.id),
        options=(joinedload(CityApplication.city),),
    ),
    "JoinRequest": Sort("start", lambda asked: url_for("members.show_join_request", id=asked.id)),
    "Member": Sort("start", lambda member: url_for("members.show_member", id=member.id)),
}
ELSE = Sort("start", lambda record: "")


def records(reader: OneReader, record_type: str, ids: set[int]) -> list[Told]:
    """Nothing of a type that has no policy: nobody could say who sees it."""
    model: Any = next((one for one in policies() if one.__name__ == record_type), None)
    if model is None:
        return []
    sort = SORTS.get(record_type, ELSE)
    seen = visible_to(reader, model).where(model.id.in_(ids), sort.is_open(reader)).options(*sort.options)
    found = db.session.scalars(seen).unique().all()
    read_ahead({whole for record in found if (whole := sort.titled(record))}, ("title",))
    return [_told(record_type, record, sort) for record in found]


def _told(record_type, record, sort):
    whole = sort.titled(record)
    title = reading(whole, "title") if whole else None
    return Told(record_type, record.id, sort.place, sort.page(record) or None, title, record=record)

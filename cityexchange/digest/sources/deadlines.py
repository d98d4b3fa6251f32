"""What ends in the coming ten days: registrations, calls and one's own drafts for them, the charter."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, literal, null, select

from cityexchange.cities.models import Interest
from cityexchange.core.db import among, at_most, rows
from cityexchange.core.i18n import local_date, local_time
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.digest.ends import charter_ends, end_of
from cityexchange.digest.items import SOON, Hour, Item
from cityexchange.digest.moments import moment_before
from cityexchange.digest.topics import moment, untold
from cityexchange.languages.reading import best_readings
from cityexchange.notifications.choices import hours_of
from cityexchange.spaces.models import CLOSED, Space
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.visits.panels import NOW, fitting, is_running
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.waits import is_not_registered

MOST = 4


def find(hour: Hour) -> list[Item]:
    """The nearest first; what one's own city or draft waits for before what one may join."""
    items = [*_charter(hour), *_visits(hour, _drafts), *_visits(hour, _calls), *_workshops(hour)]
    if not items:
        return []
    hours = hours_of(hour.reader)
    return [item._replace(reminds=_can_remind(hours, item, hour)) for item in items]


def _can_remind(hours, item, hour):
    return item.until is not None and moment_before(hours, item.until, hour.now) is not None


def _charter(hour):
    """Whoever speaks for a city that takes part hears when its yes to the charter of before counts no more."""
    until = charter_ends(hour.reader, hour.now.date(), SOON)
    if until is None:
        return
    yield Item(
        record_type="City",
        record_id=hour.reader.seat.city_id,
        eyebrow=_("Deadline"),
        title=_("The new version of the charter"),
        why=_("Your city can accept it until %(day)s, and goes on to take part.", day=local_date(until)),
        endpoint="membership.show_charter",
        values={},
        until=end_of(hour.reader, "City", hour.reader.seat.city_id),
        way=_("Read and accept the charter"),
        place="city",
    )


def _visits(hour, statement):
    if not hour.reader.is_official:
        return
    found = rows(statement(hour.reader), hour.bind_values).all()
    titles = best_readings(hour.languages, found, ("title",))
    for row in found:
        when, is_draft = {"moment": _moment(row.call_deadline, hour)}, row.application_id is not None
        begun = _("You have begun an application. It can be sent until %(moment)s.", **when)
        fits = _("A study visit on what your city needs. Applications end at %(moment)s.", **when)
        yield Item(
            record_type="StudyVisit",
            record_id=row.id,
            eyebrow=_("Study visit"),
            title=titles["StudyVisit", row.id, "title"],
            why=begun if is_draft else fits,
            endpoint="visits.show_application" if is_draft else "visits.show_visit",
            values={"id": row.application_id or row.id},
            until=row.call_deadline,
            way=_("Go on with the application") if is_draft else _("See the visit"),
            place="visit",
        )


@prepared
def _drafts(reader: Reader) -> Select[Any]:
    mine = VisitApplication.applicant_id == reader.id, among(VisitApplication.state, ("draft",))
    visits = (
        _ending_visits(reader).join(VisitApplication, VisitApplication.visit_id == StudyVisit.id).where(*mine)
    )
    return _lines_of_visits(visits, VisitApplication.id)


@prepared
def _calls(reader: Reader) -> Select[Any]:
    return _lines_of_visits(_ending_visits(reader).where(*fitting(reader)), null())


def _ending_visits(reader: Reader):
    ending = is_running(NOW), StudyVisit.call_deadline <= moment("soon")
    return visible_to(reader, StudyVisit).where(*ending, untold(reader, "StudyVisit", StudyVisit))


def _lines_of_visits(visits, application_id):
    names = StudyVisit.id, StudyVisit.title, StudyVisit.language, StudyVisit.call_deadline
    columns = literal("StudyVisit").label("record_type"), *names, application_id.label("application_id")
    return visits.with_only_columns(*columns).order_by(StudyVisit.call_deadline).limit(at_most(MOST))


def _workshops(hour):
    if not hour.reader.is_official:
        return
    found = rows(_ending_workshops(hour.reader), hour.bind_values).all()
    titles = best_readings(hour.languages, found, ("title",))
    for row in found:
        until = _moment(row.registration_closes_at, hour)
        yield Item(
            record_type="Workshop",
            record_id=row.id,
            eyebrow=_("Workshop"),
            title=titles["Workshop", row.id, "title"],
            why=_("It is on one of your city's themes, and registration ends at %(moment)s.", moment=until),
            endpoint="workshops.show_workshop",
            values={"id": row.id},
            until=row.registration_closes_at,
            way=_("See the workshop"),
            place="event",
            is_open=row.confidentiality not in CLOSED,
        )


@prepared
def _ending_workshops(reader: Reader) -> Select[Any]:
    themes = select(Interest.theme_id).where(Interest.city_id == reader.seat.city_id)  # type: ignore[union-attr]
    tagged = select(workshop_themes.c.workshop_id).where(workshop_themes.c.theme_id.in_(themes))
    ending = (
        Workshop.registration_closes_at > moment("now"),
        Workshop.registration_closes_at <= moment("soon"),
    )
    found = visible_to(reader, Workshop).where(among(Workshop.state, ("registration_open",)), *ending)
    found = found.where(Workshop.id.in_(tagged), is_not_registered(reader))
    found = found.where(untold(reader, "Workshop", Workshop))
    names = Workshop.id, Workshop.title, Workshop.language, Workshop.registration_closes_at
    space = select(Space.confidentiality).where(Space.id == Workshop.space_id).scalar_subquery()
    columns = literal("Workshop").label("record_type"), *names, space.label("confidentiality")
    return found.with_only_columns(*columns).order_by(Workshop.registration_closes_at).limit(at_most(MOST))


def _moment(moment_of_end, hour):
    return local_time(moment_of_end, hour.reader.timezone or "UTC")

"""What ends in the coming ten days: registrations, calls and one's own drafts for them, the charter."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, literal, null, select

from cityexchange.cities.models import Interest
from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import among, at_most, rows
from cityexchange.core.i18n import local_date, local_time
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.digest.items import SOON, Hour, Item
from cityexchange.digest.topics import moment, untold
from cityexchange.languages.reading import best_readings
from cityexchange.membership.charters import CHARTERS, GRACE_DAYS, newest
from cityexchange.membership.models import CharterAcceptance
from cityexchange.spaces.models import CLOSED, Space
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.visits.panels import NOW, fitting, is_running
from cityexchange.workshops.models import Workshop, workshop_themes
from cityexchange.workshops.registrations import GONE, Registration

MOST = 4


def find(hour: Hour) -> list[Item]:
    """The nearest first; what one's own city or draft waits for before what one may join."""
    return [*_charter(hour), *_visits(hour, _drafts), *_visits(hour, _calls), *_workshops(hour)]


def _charter(hour):
    """Whoever speaks for a city that takes part hears when its yes to the charter of before counts no more."""
    seat, today = hour.reader.seat, hour.now.date()
    if not (hour.reader.is_official and seat and seat.role in SPEAKERS):
        return
    version = newest(today)
    until = CHARTERS[version] + timedelta(days=GRACE_DAYS)
    if (
        not today <= until <= today + SOON
        or rows(_accepted(), {"city": seat.city_id, "version": version}).first()
    ):
        return
    yield Item(
        record_type="City",
        record_id=seat.city_id,
        eyebrow=_("Deadline"),
        title=_("The new version of the charter"),
        why=_("Your city can accept it until %(day)s, and goes on to take part.", day=local_date(until)),
        endpoint="membership.show_charter",
        values={},
        way=_("Read and accept the charter"),
        place="city",
    )


@prepared
def _accepted() -> Select[Any]:
    accepted = select(CharterAcceptance.id).where(CharterAcceptance.city_id == bindparam("city"))
    return accepted.where(CharterAcceptance.version == bindparam("version"))


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
            way=_("See the workshop"),
            place="event",
            is_open=row.confidentiality not in CLOSED,
        )


@prepared
def _ending_workshops(reader: Reader) -> Select[Any]:
    mine = Registration.workshop_id == Workshop.id, Registration.member_id == reader.id
    registered = select(Registration.id).where(*mine, ~among(Registration.state, GONE)).correlate(Workshop)
    themes = select(Interest.theme_id).where(Interest.city_id == reader.seat.city_id)  # type: ignore[union-attr]
    tagged = select(workshop_themes.c.workshop_id).where(workshop_themes.c.theme_id.in_(themes))
    ending = (
        Workshop.registration_closes_at > moment("now"),
        Workshop.registration_closes_at <= moment("soon"),
    )
    found = visible_to(reader, Workshop).where(among(Workshop.state, ("registration_open",)), *ending)
    found = found.where(Workshop.id.in_(tagged), ~registered.exists(), untold(reader, "Workshop", Workshop))
    names = Workshop.id, Workshop.title, Workshop.language, Workshop.registration_closes_at
    space = select(Space.confidentiality).where(Space.id == Workshop.space_id).scalar_subquery()
    columns = literal("Workshop").label("record_type"), *names, space.label("confidentiality")
    return found.with_only_columns(*columns).order_by(Workshop.registration_closes_at).limit(at_most(MOST))


def _moment(moment_of_end, hour):
    return local_time(moment_of_end, hour.reader.timezone or "UTC")

"""Until when a member can still do what they may want to be reminded of: asked anew whenever something depends on it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Select, bindparam, select

from cityexchange.cities.models import City
from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import UTCDateTime, among, rows, utcnow
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.membership.charters import CHARTERS, GRACE_DAYS, newest
from cityexchange.membership.models import CharterAcceptance
from cityexchange.visits.models import StudyVisit, VisitApplication
from cityexchange.visits.panels import NOW, is_running
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.waits import is_not_registered

MODELS: dict[str, Any] = {"Workshop": Workshop, "StudyVisit": StudyVisit, "City": City}
RECORD = bindparam("record_id", type_=Integer)


def end_of(member: Any, record_type: str, record_id: int) -> datetime | None:
    """None where there is nothing to do any more, or it is not this member's to do."""
    return ENDS[record_type](member, record_id) if member.is_official else None


def charter_ends(member: Any, today: date, within: timedelta = timedelta.max) -> date | None:
    """For who speaks for a city that has not accepted the version of today: the last day on which its yes to the one before counts."""
    seat, version = member.seat, newest(today)
    if not (member.is_official and seat and seat.role in SPEAKERS):
        return None
    until = CHARTERS[version] + timedelta(days=GRACE_DAYS)
    if not timedelta() <= until - today <= within:
        return None
    is_accepted = rows(_accepted(), {"city": seat.city_id, "version": version}).first()
    return None if is_accepted else until


@prepared
def _accepted() -> Select[Any]:
    accepted = select(CharterAcceptance.id).where(CharterAcceptance.city_id == bindparam("city"))
    return accepted.where(CharterAcceptance.version == bindparam("version"))


def _of_charter(member, city_id):
    until = charter_ends(member, utcnow().date())
    if until is None or member.seat.city_id != city_id:
        return None
    return datetime.combine(until, time.max, ZoneInfo(member.timezone or "UTC"))


@prepared
def _of_workshop(reader: Reader) -> Select[Any]:
    is_open = among(Workshop.state, ("registration_open",)), Workshop.registration_closes_at > _now()
    found = visible_to(reader, Workshop).where(Workshop.id == RECORD, *is_open, is_not_registered(reader))
    return found.with_only_columns(Workshop.registration_closes_at)


@prepared
def _of_visit(reader: Reader) -> Select[Any]:
    """A draft is still to be sent."""
    mine = VisitApplication.visit_id == StudyVisit.id, VisitApplication.applicant_id == reader.id
    is_sent = select(VisitApplication.id).where(*mine, ~among(VisitApplication.state, ("draft", "withdrawn")))
    found = visible_to(reader, StudyVisit).where(StudyVisit.id == RECORD, is_running(NOW))
    return found.where(~is_sent.correlate(StudyVisit).exists()).with_only_columns(StudyVisit.call_deadline)


def _now():
    return bindparam("now", type_=UTCDateTime)


def _asked_by(statement):
    def ask(member, record_id):
        values = {**member.bind_values, "now": utcnow(), "record_id": record_id}
        return rows(statement(member), values).scalar()

    return ask


ENDS: dict[str, Callable[[Any, int], datetime | None]] = {
    "Workshop": _asked_by(_of_workshop),
    "StudyVisit": _asked_by(_of_visit),
    "City": _of_charter,
}

"""Study visits among what waits: drafts and calls until their day, offers and applications that wait for a step; and what a city hosts."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, case, func, or_, select

from cityexchange.cities.models import City
from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import among, at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, of_my_city, waits
from cityexchange.members.models import Member
from cityexchange.visits.models import StudyVisit, VisitApplication, VisitChange
from cityexchange.visits.panels import NOW, fitting, is_running
from cityexchange.visits.policy import VisitApplicationPolicy
from cityexchange.visits.states import FINAL


def drafts(reader: Reader):
    """Begun and not sent, as long as that is possible."""
    mine = visible_to(reader, VisitApplication).where(
        VisitApplication.applicant_id == reader.id, VisitApplication.state == constant("draft")
    )
    mine = mine.join(StudyVisit, StudyVisit.id == VisitApplication.visit_id).where(is_running(NOW))
    return _visits(
        mine.order_by(StudyVisit.call_deadline),
        until=StudyVisit.call_deadline,
        leads_to=VisitApplication.id,
    )


def calls(reader: Reader):
    """Of other cities, on what the reader's own needs."""
    if not (reader.is_official and reader.seat):
        return None
    calls = visible_to(reader, StudyVisit).where(is_running(NOW), *fitting(reader))
    calls = calls.join(City, City.id == StudyVisit.host_city_id).order_by(StudyVisit.call_deadline)
    return _visits(calls, until=StudyVisit.call_deadline, city=City.called)


def offers(reader: Reader):
    """Under review: for the city that offers until it stands behind it, then for the coordinator."""
    speaks = reader.is_official and reader.seat is not None and reader.seat.role in SPEAKERS
    if not (speaks or reader.has_team_role("coordinator")):
        return None
    review = visible_to(reader, StudyVisit).where(StudyVisit.state == constant("offer_review"))
    is_endorsed = StudyVisit.endorsed_at.is_not(None)
    mine = [is_endorsed] if reader.has_team_role("coordinator") else []
    if speaks:
        mine.append(and_(StudyVisit.host_city_id == reader.seat.city_id, ~is_endorsed))  # type: ignore[union-attr]
    review = review.where(or_(*mine))
    sent = select(func.max(VisitChange.at)).where(VisitChange.visit_id == StudyVisit.id)
    sent = sent.where(VisitChange.application_id.is_(None)).correlate(StudyVisit).scalar_subquery()
    review = review.join(City, City.id == StudyVisit.host_city_id).order_by(StudyVisit.id)
    return _visits(
        review,
        since=sent,
        city=City.called,
        note=case((is_endorsed, constant("open")), else_=constant("endorse")),
    )


def applications(reader: Reader):
    """Of the city's own people, as long as nobody has said that the city stands behind them."""
    if not (reader.is_official and reader.seat and reader.seat.role in SPEAKERS):
        return None
    ours = visible_to(reader, VisitApplication).where(
        VisitApplication.city_id == reader.seat.city_id, VisitApplication.state == constant("submitted")
    )
    ours = ours.join(StudyVisit, StudyVisit.id == VisitApplication.visit_id)
    ours = ours.join(Member, Member.id == VisitApplication.applicant_id).order_by(VisitApplication.id)
    known = {"since": VisitApplication.submitted_at, "who": Member.name, "leads_to": VisitApplication.id}
    return _visits(ours, **known)


def received(reader: Reader):
    """Calls that have ended, with applications that the host reads now."""
    if not (reader.is_official and reader.seat):
        return None
    hosted = StudyVisit.id.in_(VisitApplicationPolicy.hosted_by(reader))
    calls = visible_to(reader, StudyVisit).where(hosted, StudyVisit.state == constant("selecting"))
    sent = select(VisitApplication.id).where(
        VisitApplication.visit_id == StudyVisit.id,
        among(VisitApplication.state, ("submitted", "endorsed")),
    )
    calls = calls.where(sent.correlate(StudyVisit).exists()).order_by(StudyVisit.call_deadline)
    return _visits(calls, since=StudyVisit.call_deadline)


def hosted(reader: Reader):
    if not (reader.is_official and reader.seat):
        return None
    ours = visible_to(reader, StudyVisit).where(
        StudyVisit.host_city_id == reader.seat.city_id,
        ~among(StudyVisit.state, FINAL),
        or_(StudyVisit.starts_on.is_(None), StudyVisit.starts_on >= func.date(NOW)),
    )
    return _visits(ours.order_by(StudyVisit.starts_on, StudyVisit.id))


def _visits(found, **known):
    titled = {"title": StudyVisit.title, "language": StudyVisit.language}
    return lines(found.limit(at_most(MOST)), "StudyVisit", StudyVisit.id, **titled, **known)


def say_drafts(row):
    address = url_for("visits.edit_application", id=row.leads_to)
    why = _("You have begun an application. It can be sent until the call ends.")
    return Said(_("Your draft"), why, _("Go on with the application"), address)


def say_calls(row):
    why = _("A study visit to %(city)s, on what your city needs.", city=str(row.city))
    return Said(_("Study visit"), why, _("See the visit"), _visit(row))


def say_offers(row):
    ours = row.note == "endorse"
    why = _("Your city offers this visit. The call opens once you say that the city stands behind it.")
    others = _("%(city)s offers this visit and stands behind it. You open the call.", city=str(row.city))
    return Said(_("A visit is offered"), why if ours else others, _("Look at it and decide"), _visit(row))


def say_applications(row):
    why = _("%(name)s of your city applies. You say whether the city stands behind it.", name=row.who)
    address = url_for("visits.show_application", id=row.leads_to)
    return Said(_("Your city is asked"), why, _("Read the application"), address)


def say_received(row):
    why = _("The call has ended, and officials of other cities wait for your choice.")
    address = url_for("visits.index_applications", id=row.id)
    return Said(_("Applications for your visit"), why, _("Read the applications"), address)


def say_hosted(row):
    return Said(_("Study visit here"), "", "", _visit(row))


def _visit(row):
    return url_for("visits.show_visit", id=row.id)


def init_app():
    waits.add("visit_offers", Wait("visit_offers", offers, say_offers, "visit"), order=22)
    waits.add(
        "visit_applications", Wait("visit_applications", applications, say_applications, "visit"), order=24
    )
    waits.add("visit_received", Wait("visit_received", received, say_received, "visit"), order=26)
    waits.add("visit_drafts", Wait("visit_drafts", drafts, say_drafts, "visit", "deadline"), order=80)
    waits.add("visit_calls", Wait("visit_calls", calls, say_calls, "visit", "deadline"), order=80)
    of_my_city.add("visits", Wait("visits", hosted, say_hosted, "visit"), order=40)

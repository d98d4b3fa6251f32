"""Who sees an offer, an application, and who moves them on (practice.md 3.1: the column "Who")."""

from typing import Any, ClassVar

from sqlalchemy import and_, false, or_, select

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import among
from cityexchange.core.policy import Policy, visible_to
from cityexchange.core.reader import Reader
from cityexchange.members.seats import speakers_of
from cityexchange.visits.models import (
    ApplicationText,
    LearningGoal,
    OfferText,
    StudyVisit,
    VisitApplication,
    VisitChange,
    VisitSite,
)
from cityexchange.visits.states import OFFERED


def sits_in(member: Reader, city_id):
    """An official of this city, today."""
    return member.is_official and member.seat is not None and member.seat.city_id == city_id


def speaks_for(member: Reader, city_id):
    """The city's focal point or deputy."""
    return sits_in(member, city_id) and member.seat is not None and member.seat.role in SPEAKERS


def host_team(visit):
    """Who offered the visit, while they still sit in the city, and those who speak for it."""
    team = {member.id: member for member in speakers_of(visit.host_city_id)}
    if visit.offered_by and sits_in(visit.offered_by, visit.host_city_id):
        team[visit.offered_by_id] = visit.offered_by
    return list(team.values())


class StudyVisitPolicy(Policy, model=StudyVisit):
    """An offer is its city's own until the call opens; from then on the page is public.

    Verbs say who; whether it is time for them is the state's to say (IllegalTransition, answered with 409).
    """

    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(StudyVisit)
        return select(StudyVisit).where(or_(*cls.open_to(member)))

    @classmethod
    def open_to(cls, member: Reader):
        yield StudyVisit.call_opened_at.is_not(None)
        if member.is_official and member.seat:
            yield StudyVisit.host_city_id == member.seat.city_id

    @property
    def is_host_team(self):
        """Who offered the visit, while they still sit in the city, and those who speak for it."""
        visit, member = self.record, self.member
        is_author = visit.offered_by_id == member.id and sits_in(member, visit.host_city_id)
        return is_author or speaks_for(member, visit.host_city_id)

    @property
    def is_coordinator(self):
        return self.member.has_team_role("coordinator")

    def offer(self):
        """Asked of an unsaved visit: officials offer for their own city."""
        city = self.record.host_city
        return city is not None and sits_in(self.member, city.id)

    def host(self):
        return self.is_host_team

    submit = host

    def coordinate(self):
        return self.is_coordinator

    open = close = coordinate

    def edit(self):
        return self.is_host_team and self.record.state == "offer_draft"

    def ended(self, verb):
        is_missed = verb == "edit" and self.is_host_team and self.record.state != "offer_draft"
        return "offer_sent" if is_missed else ""

    def endorse(self):
        return speaks_for(self.member, self.record.host_city_id)

    def send_back(self):
        return self.is_coordinator or self.is_host_team

    def cancel(self):
        """Before the call whoever is of the host's team; afterwards those who answer for the visit."""
        is_early = self.record.state in OFFERED and self.is_host_team
        return is_early or self.is_coordinator or speaks_for(self.member, self.record.host_city_id)

    def apply(self):
        """Officials of other cities. Whether it is still time the visit says, so that nobody loses what was typed."""
        visit, member = self.record, self.member
        is_called = visit.call_opened_at is not None
        return is_called and member.is_official and not sits_in(member, visit.host_city_id)

    def read_applications(self):
        return self.record.call_opened_at is not None and (self.is_host_team or self.is_coordinator)


class VisitApplicationPolicy(Policy, model=VisitApplication):
    """Drafts are the applicant's alone. What was submitted is read by the applicant's focal point, by the host's team
    until it is withdrawn, and by the coordinator. Nobody else, not even colleagues of the same city."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(VisitApplication).where(false())
        was_submitted = VisitApplication.submitted_at.is_not(None)
        return select(VisitApplication).where(
            or_(VisitApplication.applicant_id == member.id, and_(was_submitted, or_(*cls.read_by(member))))
        )

    @classmethod
    def read_by(cls, member: Reader):
        yield VisitApplication.visit_id.in_(cls.hosted_by(member)) & (VisitApplication.state != "withdrawn")
        if member.has_team_role("coordinator"):
            yield VisitApplication.submitted_at.is_not(None)
        if member.seat and speaks_for(member, member.seat.city_id):
            yield VisitApplication.city_id == member.seat.city_id

    @classmethod
    def hosted_by(cls, member: Reader):
        """Visits whose host team this member belongs to, as a query of ids."""
        visits = select(StudyVisit.id)
        if not (member.is_official and member.seat):
            return visits.where(false())
        visits = visits.where(StudyVisit.host_city_id == member.seat.city_id)
        if speaks_for(member, member.seat.city_id):
            return visits
        return visits.where(StudyVisit.offered_by_id == member.id)

    @property
    def is_own(self):
        return self.record.applicant_id == self.member.id

    def edit(self):
        """While the applicant still sits in the city it speaks for; until when, the visit's deadline says."""
        return self._is_writer and self.record.may_be_edited

    def ended(self, verb):
        is_missed = verb == "edit" and self._is_writer and not self.record.may_be_edited
        return "application_taken" if is_missed else ""

    @property
    def _is_writer(self):
        return self.is_own and sits_in(self.member, self.record.city_id)

    def withdraw(self):
        return self.is_own

    def endorse(self):
        """Whoever speaks for the city, for their own application too: the office says it, as a step of its own that names who took it."""
        return speaks_for(self.member, self.record.city_id)


class Part:
    """Visible exactly when the record is to which its column `key` leads."""

    model: Any
    whole: ClassVar[Any] = StudyVisit
    key: ClassVar[str] = "visit_id"

    @classmethod
    def visible(cls, member: Reader):
        wholes = visible_to(member, cls.whole).with_only_columns(cls.whole.id)
        return select(cls.model).where(getattr(cls.model, cls.key).in_(wholes))


class VisitSitePolicy(Part, Policy, model=VisitSite):
    pass


class OfferTextPolicy(Part, Policy, model=OfferText):
    pass


class ApplicationTextPolicy(Part, Policy, model=ApplicationText):
    whole, key = VisitApplication, "application_id"


class LearningGoalPolicy(Part, Policy, model=LearningGoal):
    whole, key = VisitApplication, "application_id"


class VisitChangePolicy(Policy, model=VisitChange):
    """What passed between host and coordinators before the call stays between them. A step of an application is
    seen by who sees the application."""

    @classmethod
    def visible(cls, member: Reader):
        applications = VisitApplicationPolicy.visible(member).with_only_columns(VisitApplication.id)
        of_visit = and_(VisitChange.application_id.is_(None), or_(*cls.of_visits_for(member)))
        return select(VisitChange).where(or_(of_visit, VisitChange.application_id.in_(applications)))

    def edit(self):
        """Who gave the reason knows its language."""
        return self.member.is_authenticated and self.record.actor_id == self.member.id

    @classmethod
    def of_visits_for(cls, member: Reader):
        visits = StudyVisitPolicy.visible(member).with_only_columns(StudyVisit.id)
        yield VisitChange.visit_id.in_(visits) & ~among(VisitChange.to_state, OFFERED)
        yield VisitChange.visit_id.in_(VisitApplicationPolicy.hosted_by(member))
        if member.has_team_role("coordinator", "admin"):
            yield VisitChange.visit_id.in_(visits)

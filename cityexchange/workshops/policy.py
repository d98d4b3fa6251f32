from sqlalchemy import and_, or_, select

from cityexchange.core.policy import Policy, visible_to
from cityexchange.core.reader import Reader
from cityexchange.events.policy import schedule_owners
from cityexchange.spaces.models import Space
from cityexchange.workshops.models import LearningObjective, Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import ENDED, StateChange

ORGANISERS = ("organiser", "coordinator", "admin")
TEAM = (*ORGANISERS, "facilitator")


STEPS = {
    "edit",
    "announce",
    "open_registration",
    "close_registration",
    "begin",
    "complete",
    "postpone",
    "cancel",
}
"""What those who organise do with a workshop, each at its time."""


class WorkshopPolicy(Policy, model=Workshop):
    """Announced workshops are public, or as visible as their space; drafts are for those who organise."""

    @classmethod
    def visible(cls, member: Reader):
        spaces = visible_to(member, Space).with_only_columns(Space.id)
        place = or_(Workshop.space_id.is_(None), Workshop.space_id.in_(spaces))
        if member.has_team_role(*ORGANISERS):
            return select(Workshop).where(place)
        is_out = Workshop.state != "draft"
        if member.is_authenticated:
            is_out = or_(is_out, Workshop.organiser_id == member.id)
        return select(Workshop).where(place, is_out)

    def organise(self):
        return self.member.has_team_role(*ORGANISERS)

    def create(self):
        return self.organise()

    def edit(self):
        return self.organise() and self.record.state not in ENDED

    def ended(self, verb):
        if not self.organise() or verb not in STEPS:
            return ""
        return "workshop_ended" if self.record.state in ENDED else "workshop_moved"

    def announce(self):
        return self._steers("announced")

    def open_registration(self):
        return self._steers("registration_open")

    def close_registration(self):
        """What was never opened closes by the clock alone."""
        return self._steers("registration_closed") and self.record.state != "announced"

    def begin(self):
        return self._steers("running")

    def complete(self):
        return self._steers("completed")

    def postpone(self):
        return self._steers("postponed")

    def cancel(self):
        return self._steers("cancelled")

    def _steers(self, state):
        return self.organise() and self.record.may_become(state)

    def register(self):
        """Officials of cities that take part, and the team. Whether it is open is for the workshop to say."""
        return self.member.is_official or self.member.has_team_role(*TEAM)

    def see_joining_link(self):
        """Whoever organises or holds a place. Asked of the database: a place can be gone since the page came."""
        if self.organise():
            return True
        mine = self.record.registration_of(self.member) if self.member.is_authenticated else None
        return mine is not None and mine.has_place

    def see_who_comes(self):
        """Names are for members, not for guests; under the Chatham House Rule for those who organise."""
        if self.organise():
            return True
        space = self.record.space
        is_member = self.member.is_authenticated and not self.member.is_guest
        return is_member and not (space and space.hides_names)


class RegistrationPolicy(Policy, model=Registration):
    """One's own; those who organise see all, members see who has a place, except under the Chatham House Rule."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Registration).where(Registration.id.is_(None))
        visible = WorkshopPolicy.visible(member).with_only_columns(Workshop.id)
        is_seen = Registration.workshop_id.in_(visible)
        if member.has_team_role(*ORGANISERS):
            return select(Registration).where(is_seen)
        if member.is_guest:
            return select(Registration).where(is_seen, Registration.member_id == member.id)
        open_ones = visible.outerjoin(Space, Space.id == Workshop.space_id).where(
            or_(Space.id.is_(None), Space.confidentiality != "chatham")
        )
        coming = and_(Registration.state == "confirmed", Registration.workshop_id.in_(open_ones))
        return select(Registration).where(or_(Registration.member_id == member.id, coming))

    def withdraw(self):
        """Only one's own place, until the workshop is over."""
        return self._is_mine and self.record.workshop.state not in ENDED

    def ended(self, verb):
        is_missed = verb == "withdraw" and self._is_mine and not self.withdraw()
        return "workshop_ended" if is_missed else ""

    @property
    def _is_mine(self):
        return self.record.member_id == self.member.id


class StateChangePolicy(Policy, model=StateChange):
    @classmethod
    def visible(cls, member: Reader):
        workshops = WorkshopPolicy.visible(member).with_only_columns(Workshop.id)
        return select(StateChange).where(StateChange.workshop_id.in_(workshops))

    def edit(self):
        """Who gave the reason knows its language."""
        return self.member.is_authenticated and self.record.actor_id == self.member.id


class LearningObjectivePolicy(Policy, model=LearningObjective):
    @classmethod
    def visible(cls, member: Reader):
        workshops = WorkshopPolicy.visible(member).with_only_columns(Workshop.id)
        return select(LearningObjective).where(LearningObjective.workshop_id.in_(workshops))


def schedules_of(member: Reader):
    return WorkshopPolicy.visible(member).with_only_columns(Workshop.schedule_id)


schedule_owners.add("workshops", schedules_of)

from sqlalchemy import false, or_, select

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.policy import Policy, is_visible
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.registries import meetings
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat, SignInSession, Visitor
from cityexchange.members.rights import Rights

SHOWN = ("active", "deactivated", "anonymised")
READERS: tuple[type[Reader], ...] = (Member, Visitor, Rights)
"""Whom policies are asked about, beside the row that stands in for a member."""
ONE_READERS: tuple[type[OneReader], ...] = (Member, Visitor)
"""Those of them who are one: whom lists and pages are made for."""


def speaks_officially(member: Reader):
    """Focal points may say what their city says, and so may whom they let (practice.md 1.2, US03)."""
    seat = member.seat
    if not (member.is_official and seat):
        return False
    return seat.role == "city_focal_point" or seat.speaks_officially


class MemberPolicy(Policy, model=Member):
    """Officials' names are personal data: members see members, guests those they meet, visitors nobody."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Member).where(false())
        if member.has_team_role("coordinator", "admin"):
            return select(Member)
        shown = select(Member).where(Member.state.in_(SHOWN))
        if member.is_guest:
            return shown.where(or_(Member.id == member.id, *(meet(member, Member) for meet in meetings)))
        return shown

    @classmethod
    def listed(cls, member: Reader):
        """Whom lists of people show: without those who chose to stand in none, who are still seen where they write."""
        return cls.visible(member).where(Member.state == "active", ~Member.is_unlisted)

    def edit(self):
        return self.member.is_authenticated and self.member.id == self.record.id

    def suspend(self):
        """Administrators by administrators alone, so that one is always left."""
        is_other = self.member.id != self.record.id
        above = ("admin",) if self.record.has_team_role("admin") else ("coordinator", "admin")
        return is_other and self.record.active and self.member.has_team_role(*above)

    def go_without_second_factor(self):
        """Not who may do much to others."""
        return not self.record.has_team_role("coordinator", "admin")

    def reset_factors(self):
        return self.member.has_team_role("admin") and self.member.id != self.record.id


class SeatPolicy(Policy, model=Seat):
    """The city's own people look after its seats, the coordination team after all."""

    @classmethod
    def visible(cls, member: Reader):
        members = MemberPolicy.visible(member).with_only_columns(Member.id)
        return select(Seat).where(Seat.member_id.in_(members))

    def edit(self):
        """As long as it runs: an old page must not bring back what has ended."""
        return self.record.is_running and self._looks_after()

    def end(self):
        return self.edit()

    def hand_over(self):
        """One's own; a focal point also that of a deputy, and a deputy that of somebody who is away."""
        return self.record.role in SPEAKERS and self.edit() and self._may_give_away()

    def ended(self, verb):
        return "seat_ended" if not self.record.is_running and self._looks_after() else ""

    def _looks_after(self):
        if self.member.has_team_role("coordinator", "admin"):
            return True
        mine = self.member.seat
        return (
            mine is not None
            and mine.role in SPEAKERS
            and mine.city_id is not None
            and mine.city_id == self.record.city_id
        )

    def _may_give_away(self):
        if self.member.has_team_role("coordinator", "admin") or self.record.member_id == self.member.id:
            return True
        is_of_deputy = self.record.role == "city_deputy"
        is_focal_point = self.member.seat is not None and self.member.seat.role == "city_focal_point"
        return (is_of_deputy and is_focal_point) or self.record.member.is_away()


class SignInSessionPolicy(Policy, model=SignInSession):
    """Nobody but oneself sees where one is signed in."""

    @classmethod
    def visible(cls, member: Reader):
        return select(SignInSession).where(SignInSession.member_id == member.id)

    def end(self):
        return self.record.member_id == self.member.id


class JoinRequestPolicy(Policy, model=JoinRequest):
    """The city's focal point or deputy decides about their city, the coordinator about all."""

    @classmethod
    def visible(cls, member: Reader):
        confirmed = select(JoinRequest).where(JoinRequest.state != "unconfirmed")
        if member.has_team_role("coordinator", "admin"):
            return confirmed
        if member.seat and member.seat.role in SPEAKERS:
            return confirmed.where(JoinRequest.city_id == member.seat.city_id)
        return confirmed.where(false())

    def accept(self):
        """With one press by the city for an address of its own; for others the coordination team makes sure (K10)."""
        return self._decides() and self._has_city() and self._may_give() and not self.record.has_account

    def decline(self):
        return self._decides()

    def name_city(self):
        """Where nobody found it: who decides about all says which one is meant."""
        return self._is_team() and self._decides() and not self._has_city()

    def ended(self, verb):
        """For who could take the step until somebody did."""
        if verb == "accept" and not self._may_give():
            return ""
        if verb == "name_city" and not self._is_team():
            return ""
        if self.record.state != "waiting":
            return "join_decided"
        late = {"accept": self.record.has_account, "name_city": self._has_city()}
        words = {"accept": "join_has_account", "name_city": "join_has_city"}
        return words[verb] if late.get(verb) else ""

    def _may_give(self):
        return self._is_team() or self.record.is_of_domain_today

    def _is_team(self):
        return self.member.has_team_role("coordinator", "admin")

    def _has_city(self):
        city = self.record.city_today
        return city is not None and city.takes_part

    def _decides(self):
        return self.record.state == "waiting" and is_visible(self.member, self.record)

from sqlalchemy import false, select

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.policy import Policy, is_visible
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member, Seat, SignInSession

SHOWN = ("active", "deactivated", "anonymised")


class MemberPolicy(Policy, model=Member):
    """Officials' names are personal data: members see members, visitors see nobody."""

    @classmethod
    def visible(cls, member):
        if not member.is_authenticated:
            return select(Member).where(false())
        if member.has_team_role("coordinator", "admin"):
            return select(Member)
        return select(Member).where(Member.state.in_(SHOWN))

    def edit(self):
        return self.member.is_authenticated and self.member.id == self.record.id

    def suspend(self):
        return self.member.has_team_role("coordinator", "admin") and self.member.id != self.record.id

    def reinstate(self):
        return self.record.state == "locked" and self.suspend()


class SeatPolicy(Policy, model=Seat):
    @classmethod
    def visible(cls, member):
        members = MemberPolicy.visible(member).with_only_columns(Member.id)
        return select(Seat).where(Seat.member_id.in_(members))


class SignInSessionPolicy(Policy, model=SignInSession):
    """Nobody but oneself sees where one is signed in."""

    @classmethod
    def visible(cls, member):
        return select(SignInSession).where(SignInSession.member_id == member.id)

    def end(self):
        return self.record.member_id == self.member.id


class JoinRequestPolicy(Policy, model=JoinRequest):
    """The city's focal point or deputy decides about their city, the coordinator about all."""

    @classmethod
    def visible(cls, member):
        confirmed = select(JoinRequest).where(JoinRequest.state != "unconfirmed")
        if member.has_team_role("coordinator", "admin"):
            return confirmed
        if member.seat and member.seat.role in SPEAKERS:
            return confirmed.where(JoinRequest.city_id == member.seat.city_id)
        return confirmed.where(false())

    def accept(self):
        return self._decides() and self.record.city_id is not None

    def decline(self):
        return self._decides()

    def _decides(self):
        return self.record.state == "waiting" and is_visible(self.member, self.record)

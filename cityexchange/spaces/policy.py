from sqlalchemy import false, or_, select

from cityexchange.core.policy import Policy
from cityexchange.spaces.models import Membership, Space


class SpacePolicy(Policy, model=Space):
    """Each class reads more narrowly than the one before; nobody, not even the team, sees a closed space from outside."""

    @classmethod
    def visible(cls, member):
        return select(Space).where(or_(*cls.open_to(member)))

    @classmethod
    def open_to(cls, member):
        yield Space.confidentiality == "public"
        if not member.is_authenticated:
            return
        yield Space.confidentiality == "members"
        if member.is_official or member.has_team_role("facilitator", "coordinator", "admin"):
            yield Space.confidentiality == "city_officials"
        yield Space.id.in_(select(Membership.space_id).where(Membership.member_id == member.id))

    def join(self):
        return self.member.is_authenticated and self.record.joining == "open" and not self.record.is_closed

    def leave(self):
        return self.member.is_authenticated and self.record.membership_of(self.member) is not None

    def write(self):
        """Whoever is signed in and sees the space may write in it, until it is archived."""
        return self.member.is_authenticated and self.record.archived_at is None

    def edit(self):
        """Whoever looks after a space also looks after its name, and after what others made of it."""
        return self.facilitate()

    def facilitate(self):
        if self.member.has_team_role("facilitator", "coordinator", "admin"):
            return True
        return self.member.is_authenticated and self.record.role_of(self.member) == "facilitator"


class MembershipPolicy(Policy, model=Membership):
    @classmethod
    def visible(cls, member):
        spaces = SpacePolicy.visible(member).with_only_columns(Space.id)
        if not member.is_authenticated:
            return select(Membership).where(false())
        return select(Membership).where(Membership.space_id.in_(spaces))

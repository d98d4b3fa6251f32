from sqlalchemy import and_, false, or_, select

from cityexchange.core.db import db
from cityexchange.core.policy import Policy, is_visible
from cityexchange.core.reader import Reader
from cityexchange.members.models import Member
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Membership, Space

TEAM = ("facilitator", "coordinator", "admin")


class SpacePolicy(Policy, model=Space):
    """Each class reads more narrowly than the one before; nobody, not even the team, sees a closed space from outside."""

    @classmethod
    def visible(cls, member: Reader):
        return select(Space).where(or_(*cls.open_to(member)))

    @classmethod
    def open_to(cls, member: Reader):
        yield Space.confidentiality == "public"
        if not member.is_authenticated:
            return
        if not member.is_guest:
            yield Space.confidentiality == "members"
        if member.is_official or member.has_team_role(*TEAM):
            yield Space.confidentiality == "city_officials"
        yield Space.id.in_(select(Membership.space_id).where(Membership.member_id == member.id))

    @classmethod
    def listed(cls, member: Reader):
        """Also the closed ones that take requests: whoever may ask for a place sees their name, and nothing in them."""
        shown = list(cls.open_to(member))
        if member.is_authenticated and not member.is_guest:
            shown.append(and_(Space.joining == "request", Space.archived_at.is_(None)))
        return select(Space).where(or_(*shown))

    @classmethod
    def naming(cls, member: Reader):
        """Where the member reads who wrote: True, False, or a condition on Space. Guests know those they meet, elsewhere
        they read what visitors read."""
        if not member.is_authenticated or not member.is_guest:
            return member.is_authenticated
        if member.has_team_role("coordinator", "admin"):
            return True
        return Space.id.in_(spaces_of(member))

    def name_people(self):
        named = self.naming(self.member)
        return named if isinstance(named, bool) else self.record.role_of(self.member) is not None

    def create(self):
        return self.member.has_team_role(*TEAM)

    def join(self):
        """Pressed twice, it changes nothing."""
        return self._may_come("open") and not self.record.is_closed

    def ask(self):
        return self._may_come("request") and self.record.role_of(self.member) is None

    def _may_come(self, joining):
        """Guests are let in by others: joining would show them everybody in the space."""
        space, member = self.record, self.member
        if not member.is_authenticated or member.is_guest or space.archived_at:
            return False
        return space.joining == joining

    def invite(self):
        return self.facilitate() and self.record.archived_at is None

    def read_people(self):
        """Who reads with me: asked of a space that the member sees."""
        return self.name_people()

    def choose_name(self):
        return (
            self.record.allows_chosen_names and self.write() and self.record.role_of(self.member) is not None
        )

    def leave(self):
        """Whoever is in, but the last to look after a closed space: nobody outside could find it to let people in."""
        if not self.member.is_authenticated or self.record.membership_of(self.member) is None:
            return False
        return not (self.record.is_closed and self.record.depends_on(self.member))

    def write(self):
        """Whoever is signed in and sees the space may write in it, until it is archived."""
        return self.member.is_authenticated and self.record.archived_at is None

    def follow(self):
        return self.member.is_authenticated

    def edit(self):
        """Whoever looks after a space also looks after its name, and after what others made of it."""
        return self.facilitate()

    def facilitate(self):
        if self.member.has_team_role(*TEAM):
            return True
        return self.member.is_authenticated and self.record.role_of(self.member) == "facilitator"


class MembershipPolicy(Policy, model=Membership):
    """Seen by whoever sees the space and reads names there; changed by those who look after it."""

    @classmethod
    def visible(cls, member: Reader):
        spaces = SpacePolicy.visible(member).with_only_columns(Space.id)
        if not member.is_authenticated:
            return select(Membership).where(false())
        theirs = select(Membership).where(Membership.space_id.in_(spaces))
        named = SpacePolicy.naming(member)
        return theirs if named is True else theirs.where(Membership.space_id.in_(spaces_of(member)))

    def edit(self):
        return SpacePolicy(self.member, self.record.space).facilitate()

    def end(self):
        """Oneself one leaves."""
        return self.edit() and self.record.member_id != self.member.id


class SpaceEntryPolicy(Policy, model=SpaceEntry):
    """Seen by the member it is about, and by those who look after the space."""

    @classmethod
    def visible(cls, member: Reader):
        about_me = SpaceEntry.member_id == member.id
        return select(SpaceEntry).where(or_(about_me, SpaceEntry.space_id.in_(looked_after_by(member))))

    def accept(self):
        """Whoever is asked says yes: the member to an invitation, the space to a request."""
        if not self.record.is_waiting or self.record.space.archived_at:
            return False
        return self._looks_after() if self.record.is_request else self._is_about_me()

    def decline(self):
        return self.accept()

    def withdraw(self):
        """Whoever asks may think again."""
        asks = self._is_about_me() if self.record.is_request else self._looks_after()
        return self.record.is_waiting and asks

    def _is_about_me(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    def _looks_after(self):
        space = self.record.space
        return SpacePolicy(self.member, space).facilitate() and is_visible(self.member, space)


def looked_after_by(member: Reader):
    """Ids of spaces. The team looks after those that it sees."""
    if member.has_team_role(*TEAM):
        return SpacePolicy.visible(member).with_only_columns(Space.id)
    return select(Membership.space_id).where(
        Membership.member_id == member.id, Membership.role == "facilitator"
    )


def facilitators_of(space):
    """Those who look after it; where nobody does, the team's facilitators."""
    named = select(Member).join(Membership, Membership.member_id == Member.id)
    named = named.where(Membership.space_id == space.id, Membership.role == "facilitator")
    team = select(Member).where(Member.team_role == "facilitator")
    found = db.session.scalars(named.where(Member.state == "active")).all()
    return found or db.session.scalars(team.where(Member.state == "active")).all()


def shares_a_space_with(guest: Reader, person):
    """A guest meets those who were let into a space where the guest is as well."""
    return person.id.in_(select(Membership.member_id).where(Membership.space_id.in_(spaces_of(guest))))


def spaces_of(member: Reader):
    """Ids of those that the member was let into."""
    return select(Membership.space_id).where(Membership.member_id == member.id)

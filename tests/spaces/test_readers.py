"""Of one space, who reads it: the same answer as the policy gives to each of them."""

import pytest

from cityexchange.chat.models import Room
from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import is_visible
from cityexchange.members.models import Member
from cityexchange.spaces.models import CONFIDENTIALITY
from cityexchange.spaces.readers import reads, reads_names
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory, guest

PEOPLE = {
    "an official": lambda: MemberFactory(),
    "of a city that waits for its second person": lambda: MemberFactory(city=losing_city()),
    "of a city that was only verified": lambda: MemberFactory(city=CityFactory(state="verified")),
    "of a suspended city": lambda: MemberFactory(city=CityFactory(state="suspended")),
    "without a place": lambda: MemberFactory(city=None),
    "whose place has ended": lambda: former(),
    "who moved to an organisation": lambda: moved(MemberFactory(), OrganisationFactory(), "expert"),
    "who came from an organisation": lambda: moved(guest(), CityFactory(), "member"),
    "a guest": lambda: guest(),
    "a guest of the team": lambda: guest(team_role="facilitator"),
    "a guest who coordinates": lambda: guest(team_role="coordinator"),
    "the team's facilitator": lambda: MemberFactory(city=None, team_role="facilitator"),
    "the team's organiser": lambda: MemberFactory(city=None, team_role="organiser"),
    "an administrator": lambda: MemberFactory(city=None, team_role="admin"),
    "a coordinator of a suspended city": lambda: MemberFactory(
        city=CityFactory(state="suspended"), team_role="coordinator"
    ),
}


def losing_city():
    return CityFactory(state="verified", incomplete_since=utcnow().date())


def former():
    member = MemberFactory()
    member.seat.end()
    return member


def moved(member, to, role):
    member.seat.end()
    db.session.expire(member)
    member.seat_in(to, role)
    return member


def find_readers(condition, space):
    return set(db.session.scalars(db.select(Member.id).where(condition), {"space_id": space.id}))


@pytest.mark.parametrize("is_in", [False, True], ids=["from outside", "let in"])
@pytest.mark.parametrize("confidentiality", CONFIDENTIALITY)
def test_those_read_a_space_who_see_it(confidentiality, is_in):
    room = RoomFactory(space=SpaceFactory(confidentiality=confidentiality))
    people = {what: invite() for what, invite in PEOPLE.items()}
    for member in people.values():
        if is_in:
            room.space.admit(member)
        db.session.expire(member)
    readers = find_readers(reads(confidentiality), room.space)
    of_names = find_readers(reads_names(confidentiality), room.space)

    for what, member in people.items():
        assert (member.id in readers) == is_visible(member, room.space), what
        assert (member.id in of_names) == is_visible(member, db.session.get(Room, room.id)), what

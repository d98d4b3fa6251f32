import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.members.models import Visitor
from cityexchange.spaces.models import CONFIDENTIALITY, Space
from tests.factories import CityFactory, MemberFactory, SpaceFactory


def seen_by(member):
    return {space.confidentiality for space in db.session.scalars(visible_to(member, Space))}


@pytest.fixture
def spaces():
    return {key: SpaceFactory(confidentiality=key) for key in CONFIDENTIALITY}


def test_each_class_reads_more_narrowly(spaces):
    official = MemberFactory()
    without_city = MemberFactory(city=None)
    of_sleeping_city = MemberFactory(city=CityFactory(state="suspended"))

    assert seen_by(Visitor()) == seen_by(without_city) == {"public"}
    assert seen_by(of_sleeping_city) == {"public", "members"}
    assert seen_by(official) == {"public", "members", "city_officials"}


@pytest.mark.parametrize("key", ["group", "chatham"])
def test_a_closed_space_is_for_those_let_in_and_nobody_else(spaces, key):
    friend, admin = MemberFactory(), MemberFactory(city=None, team_role="admin")
    spaces[key].admit(friend)

    assert key in seen_by(friend)
    assert key not in seen_by(admin)

    spaces[key].leave(friend)
    assert key not in seen_by(friend)


def test_nobody_writes_in_an_archived_space(spaces):
    member, space = MemberFactory(), spaces["members"]
    assert can(member, "write", space)

    space.archive()

    assert not can(member, "write", space)


def test_a_closed_space_is_not_joined_by_pressing(sign_in, spaces):
    browser = sign_in(MemberFactory())

    assert browser.post(f"/spaces/{spaces['group'].slug}/join").status_code == 404
    assert browser.post(f"/spaces/{spaces['members'].slug}/join").status_code == 303


def test_the_last_facilitator_of_a_closed_space_stays_until_another_is_named(sign_in, spaces):
    ana, ben, space = MemberFactory(), MemberFactory(), spaces["group"]
    space.admit(ana, role="facilitator")
    space.admit(ben)
    assert sign_in(ana).post(f"/spaces/{space.slug}/leave").status_code == 403
    assert can(ben, "leave", space)

    space.membership_of(ben).role = "facilitator"

    assert can(ana, "leave", space)

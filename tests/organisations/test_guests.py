"""Guests: people of organisations that are no city see what is public, and where they are invited."""

import pytest
from sqlalchemy.exc import IntegrityError

from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.members.models import Member, Seat
from cityexchange.organisations.models import Organisation
from cityexchange.spaces.models import CONFIDENTIALITY, Space
from cityexchange.workshops.models import Registration
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, SpaceFactory, guest
from tests.workshops.factories import WorkshopFactory


def keys(member, model, name):
    return {getattr(record, name) for record in db.session.scalars(visible_to(member, model))}


def test_a_guest_reads_what_is_public_and_the_spaces_it_is_let_into():
    spaces = {key: SpaceFactory(confidentiality=key) for key in CONFIDENTIALITY}
    observer, official = guest(), MemberFactory()
    assert keys(official, Space, "confidentiality") == {"public", "members", "city_officials"}
    assert keys(observer, Space, "confidentiality") == {"public"}

    spaces["group"].admit(observer)

    assert keys(observer, Space, "confidentiality") == {"public", "group"}


def test_a_guest_sees_only_whom_it_meets():
    observer, met, stranger = guest(), MemberFactory(), MemberFactory()
    space = SpaceFactory(confidentiality="group")
    for member in (observer, met):
        space.admit(member)

    seen = keys(observer, Member, "id")

    assert seen == {observer.id, met.id}
    assert stranger.id in keys(met, Member, "id")


def test_a_guest_sees_its_own_organisation_alone():
    observer, other = guest(), OrganisationFactory()

    assert keys(observer, Organisation, "id") == {observer.seat.organisation_id}
    assert other.id in keys(MemberFactory(), Organisation, "id")


def test_a_guest_is_no_official():
    observer = guest("expert")

    assert observer.is_guest and not observer.is_official and observer.city is None
    assert not MemberFactory().is_guest


@pytest.mark.parametrize(
    "places",
    [
        lambda: {"city": CityFactory(), "role": "expert"},
        lambda: {"organisation": OrganisationFactory(), "role": "city_deputy"},
        lambda: {"city": CityFactory(), "organisation": OrganisationFactory(), "role": "member"},
        lambda: {"role": "member"},
    ],
)
def test_a_seat_is_in_one_place_that_its_role_belongs_to(places):
    member = MemberFactory(city=None)
    db.session.add(Seat(member=member, since=member.created_at.date(), **places()))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_guest_whose_seat_ended_sees_no_more_than_before(sign_in):
    for key in CONFIDENTIALITY:
        SpaceFactory(confidentiality=key)
    observer, stranger = guest(), MemberFactory()
    browser = sign_in(observer)

    observer.seat.end()
    db.session.flush()
    db.session.expire(observer, ["seat"])

    assert keys(observer, Space, "confidentiality") == {"public"}
    assert keys(observer, Organisation, "id") == set()
    assert browser.get(f"/members/{stranger.id}").status_code == 404


def test_a_guest_does_not_let_itself_in_to_meet_everybody(sign_in):
    space, met = SpaceFactory(confidentiality="public", joining="open"), MemberFactory()
    space.admit(met)
    observer = guest()

    assert sign_in(observer).post(f"/spaces/{space.slug}/join").status_code == 403

    assert keys(observer, Member, "id") == {observer.id}
    assert sign_in(MemberFactory()).post(f"/spaces/{space.slug}/join").status_code == 303


def test_a_guest_does_not_see_who_comes_to_a_workshop():
    workshop = WorkshopFactory(is_open=True)
    db.session.flush()
    coming = Registration(
        workshop=workshop, member=MemberFactory(), state="confirmed", mode="online", language="en"
    )
    db.session.add(coming)
    db.session.flush()

    assert not can(guest(), "see_who_comes", workshop)
    assert keys(guest(), Registration, "id") == set()
    assert can(MemberFactory(), "see_who_comes", workshop)
    assert keys(MemberFactory(), Registration, "id") == {coming.id}

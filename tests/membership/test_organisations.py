"""Organisations with a few seats: the coordination team adds them and looks after their people; members see who they are."""

import pytest

from cityexchange.core.db import db
from cityexchange.members.models import Seat
from cityexchange.membership.offers import PlaceOffer
from cityexchange.organisations.models import Organisation
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, guest
from tests.membership.steps import offer_of

INVITED = {
    "name": "Mona A",
    "job_title": "Adviser",
    "email": "mona@forum.example",
    "locale": "en",
    "role": "diaspora_org",
    "category": "civil_society",
}
FACTS = {
    "name": "Port Forum",
    "kind": "diaspora",
    "timezone": "UTC",
    "most_seats": "2",
    "about": "We meet.",
    "language": "",
}


@pytest.fixture
def desk(sign_in):
    return sign_in(MemberFactory(city=None, team_role="coordinator"))


def test_an_organisation_is_added_and_its_people_are_invited(desk):
    answer = desk.post("/organisations", data=FACTS)
    assert answer.location == "/organisations/port-forum"

    assert desk.post("/organisations/port-forum/invitations", data=INVITED).status_code == 303

    offer = db.session.scalars(db.select(PlaceOffer)).one()
    assert offer.organisation.name == "Port Forum"
    assert "Mona A" in desk.get("/organisations/port-forum").text
    assert desk.post(f"/place-offers/{offer.id}/withdraw").location == "/organisations/port-forum"


def test_bad_facts_are_refused_and_kept(desk):
    answer = desk.post("/organisations", data=FACTS | {"most_seats": "0", "website": "javascript:alert(1)"})

    assert answer.status_code == 422 and "We meet." in answer.text
    assert not db.session.scalars(db.select(Organisation)).all()


def test_what_it_says_of_itself_is_changed(desk):
    house = OrganisationFactory(slug="house", about="Before.")

    desk.post(
        "/organisations/house/edit", data=FACTS | {"about": "Nous nous rencontrons chaque semaine au port."}
    )

    assert (house.name, house.slug, house.most_seats, house.about_language) == (
        "Port Forum",
        "house",
        2,
        "fr",
    )


def test_a_guest_s_place_gets_a_last_day_and_ends(desk):
    house = OrganisationFactory(slug="house")
    member = guest(organisation=house)
    seat = db.session.scalars(db.select(Seat).filter_by(member_id=member.id)).one()

    answer = desk.post(f"/seats/{seat.id}", data={"role": seat.role, "until": "2030-05-01"})
    assert answer.location == "/organisations/house" and str(seat.until) == "2030-05-01"
    assert desk.post(f"/seats/{seat.id}", data={"role": "city_focal_point", "until": ""}).status_code == 422
    assert seat.role == "partner_observer"

    desk.post(f"/seats/{seat.id}/end")
    assert member.seats[0].until is not None and str(seat.until) < "2030"


def test_an_organisation_that_leaves_has_no_people_here(desk, sign_in):
    house = OrganisationFactory(slug="house")
    member = guest(organisation=house)

    _, offer = offer_of(desk, "/organisations/house/invitations", **INVITED)
    assert offer.is_open

    desk.post("/organisations/house/leave")

    assert house.state == "left"
    seats = db.session.scalars(db.select(Seat).filter_by(member_id=member.id)).all()
    assert all(seat.until for seat in seats)
    assert not offer.is_open
    assert 'href="/organisations/house/invitations/new"' not in desk.get("/organisations/house").text
    assert offer_of(desk, "/organisations/house/invitations", **INVITED)[0].status_code == 403
    assert sign_in(MemberFactory()).get("/organisations/house").status_code == 404
    desk.post("/organisations/house/return")
    assert house.is_active


def test_members_see_who_is_there_and_change_nothing(sign_in):
    house = OrganisationFactory(slug="house", name="The House")
    guest(organisation=house, name="Gina Guest")
    seat = db.session.scalars(db.select(Seat)).one()
    browser = sign_in(MemberFactory(role="city_focal_point", city=CityFactory()))

    assert "The House" in browser.get("/organisations").text
    page = browser.get("/organisations/house").text
    assert "Gina Guest" in page and "/edit" not in page and f"/seats/{seat.id}" not in page
    for path in (
        "/organisations",
        "/organisations/house/edit",
        "/organisations/house/leave",
        "/organisations/house/invitations",
    ):
        assert browser.post(path, data=FACTS).status_code == 403
    assert browser.get("/organisations/new").status_code == 403


def test_guests_see_their_own_house_and_visitors_none(sign_in, visitor):
    mine, other = OrganisationFactory(slug="mine"), OrganisationFactory(slug="other")
    browser = sign_in(guest(organisation=mine))

    assert browser.get("/organisations/mine").status_code == 200
    assert browser.get("/organisations/other").status_code == 404
    assert other.name not in browser.get("/organisations").text
    assert visitor.get("/organisations").status_code == 302

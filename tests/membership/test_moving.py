"""Nobody is moved out of their city silently: who takes another place reads what ends, and the city hears of it."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail.letters import compose
from cityexchange.members.models import Member
from cityexchange.membership.activation import settle
from tests.factories import CityFactory, MemberFactory, OrganisationFactory, guest
from tests.membership.steps import offer_of, person, seats_of, take, whole_city

ENDS = "If you hold a place in another city here, it ends"


def test_nobody_is_invited_who_is_there_already(lyon, ana, ben, sign_in):
    MemberFactory(city=lyon, email="zoe@lyon.example")
    answer, offer = offer_of(sign_in(ana))
    assert answer.status_code == 422 and "has a place here already" in answer.text and offer is None

    ana.email = "ana@lyon.example"
    answer, offer = offer_of(sign_in(ana), email="Ana@lyon.example")
    assert answer.status_code == 422 and "your own address" in answer.text and offer is None


def test_no_guest_is_invited_twice(sign_in, coordinator):
    house = OrganisationFactory(slug="house")
    guest(organisation=house, email="zoe@lyon.example")
    values = {"role": "partner_observer", "category": "civil_society"}
    answer, offer = offer_of(sign_in(coordinator), "/organisations/house/invitations", **values)

    assert answer.status_code == 422 and "has a place here already" in answer.text and offer is None


def test_the_team_makes_a_focal_point_of_a_colleague(lyon, sign_in, coordinator):
    MemberFactory(city=lyon, email="zoe@lyon.example", role="city_deputy")
    desk = sign_in(coordinator)
    assert offer_of(desk, role="member")[0].status_code == 422

    assert offer_of(desk, role="city_focal_point")[0].status_code == 303


def test_whether_an_address_has_a_place_elsewhere_is_not_given_away(lyon, ana, sign_in):
    MemberFactory(email="zoe@lyon.example")
    focal = sign_in(ana)
    known, unknown = (offer_of(focal, email=f"{name}@lyon.example")[0] for name in ("zoe", "nobody"))

    assert known.status_code == unknown.status_code == 303 and known.location == unknown.location


@pytest.mark.parametrize("is_known", [True, False])
def test_the_mail_and_the_page_of_the_code_say_what_would_end(lyon, ana, sign_in, visitor, mails, is_known):
    if is_known:
        MemberFactory(email="zoe@lyon.example")
    _, offer = offer_of(sign_in(ana), locale="en")

    letter = compose(mails()[-1])
    assert ENDS in letter.text and ENDS in letter.html
    assert ENDS in visitor.get(f"/place-offers/{offer.id}/confirm").text


def test_the_city_that_loses_somebody_hears_of_it(lyon, ana, sign_in, app, mails):
    other = whole_city("porto.example", name="Porto", slug="porto")
    settle(other)
    carla = person(other, "member", name="Carla", email="carla@lyon.example")
    speakers = set(db.session.scalars(db.select(Member.id).where(Member.name.in_(("Ana", "Ben")))))
    _, offer = offer_of(sign_in(ana), email="carla@lyon.example")
    assert take(app.test_client(), offer, mails).status_code == 303

    told = [mail for mail in mails() if mail.template == "membership/moved_away"]
    assert {mail.member_id for mail in told} == speakers - {ana.id} and len(told) == 2
    letter = compose(told[0])
    assert "Carla" in letter.subject and "Porto" in letter.text and "/cities/porto/desk" in letter.html
    assert "Lyon" not in letter.text and seats_of(carla) == [("member", False), ("member", True)]


def test_a_city_that_loses_its_deputy_is_looked_at_at_once(lyon, ana, sign_in, app, mails):
    other = whole_city("porto.example", name="Porto", slug="porto")
    settle(other)
    deputy = db.session.scalar(db.select(Member).filter_by(name="Ben"))
    deputy.email = "ben@lyon.example"
    _, offer = offer_of(sign_in(ana), email="ben@lyon.example")
    take(app.test_client(), offer, mails)

    assert other.state == "verified" and other.incomplete_since


def test_who_takes_another_place_in_the_same_city_moves_nowhere(lyon, ana, ben, sign_in, app, mails):
    ben.email = "ben@lyon.example"
    CityFactory()
    _, offer = offer_of(sign_in(ana), f"/seats/{ana.seat.id}/hand-over", email="ben@lyon.example")
    take(app.test_client(), offer, mails)

    assert "membership/moved_away" not in {mail.template for mail in mails()}

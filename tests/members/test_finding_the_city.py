"""Every request for a place can be decided: its city is found by any of its names, also later, or named by the team (US01)."""

import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.membership.activation import settle
from tests.factories import CityFactory, MemberFactory
from tests.members.test_joining import FORM, confirm
from tests.membership.steps import whole_city

VIENNA, TUNIS, TRIPOLI = 2761369, 2464470, 2210247
NO_PART = "This city takes no part yet"


@pytest.fixture
def team(sign_in):
    return sign_in(MemberFactory(city=None, team_role="coordinator"))


def asked_for(browser, city_name, email="zoe@town.example"):
    browser.post("/join", data=FORM | {"city_name": city_name, "email": email})
    confirm(browser)
    return db.session.scalar(db.select(JoinRequest))


def told_of(asked):
    mails = db.select(OutgoingMail.member_id).where(OutgoingMail.key.startswith(f"join_asked:{asked.id}:"))
    return set(db.session.scalars(mails))


def member():
    return db.session.scalar(db.select(Member).filter_by(email="zoe@town.example"))


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Vienne", {"name": "Vienna", "geonameid": VIENNA}),
        ("تونس", {"name": "Tunis", "geonameid": TUNIS}),
        ("VIENNA ", {"name": "Vienna", "geonameid": VIENNA}),
        ("evry", {"name": "Évry"}),
    ],
)
def test_a_city_is_found_by_any_of_its_names(visitor, team, typed, values):
    city = CityFactory(**values)
    asked = asked_for(visitor, typed)

    assert (asked.city, asked.city_name) == (city, values["name"])
    assert "Give a place" in team.get(f"/join-requests/{asked.id}").text


def test_of_two_cities_of_one_name_nobody_guesses(visitor, team):
    CityFactory(name="Tripoli", geonameid=TRIPOLI, country="LY")
    other = CityFactory(name="Tripoli", country="LB")
    asked = asked_for(visitor, "Tripoli")
    page = team.get(f"/join-requests/{asked.id}").text

    assert asked.city is None and "Several cities" in page and "Tripoli (Lebanon)" in page
    assert NO_PART not in page
    team.post(f"/join-requests/{asked.id}/city", data={"city": other.id})
    assert asked.city == other


def test_where_no_city_is_found_the_team_names_it(visitor, team, sign_in):
    city = CityFactory(name="Lyon")
    focal = MemberFactory(city=city, role="city_focal_point")
    asked = asked_for(visitor, "Greater somewhere")
    path = f"/join-requests/{asked.id}"
    page = team.get(path).text
    assert "No city of this name is known" in page and NO_PART not in page and "Give a place" not in page
    assert sign_in(focal).post(f"{path}/city", data={"city": city.id}).status_code == 404

    for nonsense in ("", "0", "x", str(city.id + 77), str(CityFactory(state="applied").id)):
        refused = team.post(f"{path}/city", data={"city": nonsense})
        assert refused.status_code == 422 and "Which city is it?" in refused.text
    assert team.post(f"{path}/city", data={"city": city.id}).status_code == 303

    assert (asked.city, asked.city_name) == (city, "Lyon") and focal.id in told_of(asked)
    assert team.post(f"{path}/city", data={"city": city.id}).status_code == 403
    assert team.post(f"{path}/accept").status_code == 303 and member().city == city


def test_only_of_a_city_that_takes_no_part_it_is_said(visitor, team):
    asked = asked_for(visitor, "Zürich")

    assert NO_PART in team.get(f"/join-requests/{asked.id}").text


def test_a_request_waits_until_its_city_takes_part(visitor, team, sign_in):
    asked = asked_for(visitor, "Lyon", email="zoe@lyon.example")
    city = whole_city(name="Lyon", slug="lyon")
    settle(city)
    focal = db.session.scalar(db.select(Member).filter_by(name="Ana"))

    assert (asked.city, asked.is_of_domain) == (city, True) and focal.id in told_of(asked)
    browser = sign_in(focal)
    assert "Give a place" in browser.get(f"/join-requests/{asked.id}").text
    assert browser.post(f"/join-requests/{asked.id}/accept").status_code == 303


def test_a_domain_that_is_verified_later_lets_the_city_decide(visitor, sign_in):
    city = CityFactory(name="Lyon")
    focal = MemberFactory(city=city, role="city_focal_point")
    asked = asked_for(visitor, "Lyon")
    path = f"/join-requests/{asked.id}/accept"
    assert sign_in(focal).post(path).status_code == 403

    EmailDomain.claim(city, "town.example").verify(None)

    assert asked.is_of_domain and sign_in(focal).post(path).status_code == 303


def test_the_address_says_it_where_the_typed_name_is_unknown(visitor, team):
    city = CityFactory(name="Lyon")
    EmailDomain.claim(city, "town.example").verify(None)
    asked = asked_for(visitor, "Our town hall")

    assert (asked.city, asked.city_name, asked.is_of_domain) == (city, "Our town hall", True)
    page = team.get(f"/join-requests/{asked.id}").text
    assert "Our town hall" in page and "<bdi>Lyon</bdi>" in page


def test_what_is_true_today_counts_for_who_looks(visitor, team):
    asked = asked_for(visitor, "Lyon")
    CityFactory(name="Lyon")

    assert "Give a place" in team.get(f"/join-requests/{asked.id}").text
    assert team.post(f"/join-requests/{asked.id}/accept").status_code == 303 and member().city.name == "Lyon"


def test_the_list_of_the_form_offers_only_who_takes_part(visitor):
    CityFactory(name="Lyon"), CityFactory(name="Bordeaux", state="applied")
    page = visitor.get("/join").text

    assert 'value="Lyon"' in page and "Bordeaux" not in page

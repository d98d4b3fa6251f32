"""What was asked for with an address, or offered to it, belongs to whoever has the account with it."""

import json

import pytest

from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from cityexchange.membership.models import CharterAcceptance, CityApplication
from cityexchange.membership.offers import PlaceOffer
from tests.factories import CityFactory, MemberFactory

ZOE = {"name": "Zoë", "job_title": "Rare job", "email": "zoe@lyon.example"}
ANA = {"deputy_name": "Ana", "deputy_job_title": "Other job", "deputy_email": "ana@lyon.example"}


@pytest.fixture
def coordinator(app):
    return MemberFactory(city=None, team_role="coordinator")


def taken(browser):
    return json.loads(browser.post("/settings/data/json").data)["sections"]


def asked(**values):
    told = ZOE | {"why": "Rare why", "city_name": "Lyon", "password": "digest-of-a-password"} | values
    request = JoinRequest(**told)
    request.new_code()
    request.state = "waiting"
    db.session.add(request)
    db.session.flush()
    return request


def applied(state="waiting"):
    application = CityApplication(
        **ZOE, **ANA, city=CityFactory(name="Lyon"), signatory="Maya Mayor", charter=1, why="Rare why"
    )
    application.facts, application.state = {"kind": "transit"}, state
    db.session.add(application)
    db.session.flush()
    return application


def test_the_request_for_a_place_is_in_the_export_of_who_made_it_alone(coordinator, sign_in):
    asked(email="other@lyon.example", name="Somebody else").decline(coordinator, "Not you")
    zoe = asked().accept(coordinator, CityFactory())
    data = taken(sign_in(zoe))

    (line,) = data["requests"]
    assert (line["name"], line["job_title"], line["email"]) == ("Zoë", "Rare job", "zoe@lyon.example")
    assert (line["why"], line["state"], line["city_name"]) == ("Rare why", "accepted", "Lyon")
    assert line["decided_at"]
    assert "Somebody else" not in str(data) and "digest" not in str(data)
    assert taken(sign_in(MemberFactory()))["requests"] == []


def test_what_a_stranger_wrote_under_the_address_is_not(sign_in):
    asked(why="Words of a stranger").state = "unconfirmed"
    applied("unconfirmed")
    data = taken(sign_in(MemberFactory(email=ZOE["email"])))

    assert data["requests"] == data["city_applications"] == []


def test_a_place_that_was_offered_is_in_it_with_the_words_to_the_person(sign_in):
    focal = MemberFactory(role="city_focal_point")
    PlaceOffer.make(focal.city, focal, **ZOE, role="member", note="Welcome, Zoë")
    PlaceOffer.make(focal.city, focal, **ZOE | {"email": "o@x.example"}, role="member", note="Not to you")
    data = taken(sign_in(MemberFactory(email=ZOE["email"])))

    (line,) = data["offers"]
    assert (line["note"], line["place"], line["role"]) == ("Welcome, Zoë", focal.city.name, "member")
    assert taken(sign_in(focal))["offers"] == []


def test_of_the_application_for_a_city_each_takes_what_is_theirs(coordinator, sign_in):
    applied().decide("declined", coordinator, "No letter came")
    data = taken(sign_in(MemberFactory(email=ZOE["email"])))

    (line,) = data["city_applications"]
    assert (line["why"], line["city"], line["reason"]) == ("Rare why", "Lyon", "No letter came")
    assert line["facts"] == {"kind": "transit"}
    assert "Ana" not in str(data) and "Maya" not in str(data) and data["deputy"] == []

    data = taken(sign_in(MemberFactory(email=ANA["deputy_email"])))
    assert data["deputy"][0]["deputy_name"] == "Ana" and data["city_applications"] == []
    assert "Zoë" not in str(data) and "Rare why" not in str(data)


def test_why_the_team_said_yes_stays_with_the_team(coordinator, sign_in):
    applied().decide("accepted", coordinator, "Called the mayor")

    assert "Called" not in str(taken(sign_in(MemberFactory(email=ZOE["email"]))))


def test_acts_for_a_city_and_in_the_audit_are_ones_own(sign_in):
    zoe, other = MemberFactory(name="Zoë"), MemberFactory(name="Other")
    for member in (zoe, other):
        CharterAcceptance.record(member.city, f"{member.name}, a job", member)
        audit.record("accept_charter", member.city, actor_id=member.id)
    audit.record("show_topic", other, actor_id=zoe.id, outcome="refused")
    data = taken(sign_in(zoe))

    assert [line["accepted_by"] for line in data["charters"]] == ["Zoë, a job"]
    assert [line["verb"] for line in data["acts"] if line["verb"] != "export_own_data"] == ["accept_charter"]
    assert db.session.get(Member, other.id).name not in str(data)

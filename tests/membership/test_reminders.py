"""What waits is not forgotten: requests, applications, a new version of the charter; each step is said once."""

from datetime import timedelta

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.members import waiting
from cityexchange.members.joining import JoinRequest
from cityexchange.membership import charters, clock
from cityexchange.membership.models import CharterAcceptance, CityApplication
from cityexchange.spaces import receivers as spaces
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import CityFactory, MemberFactory, SpaceFactory


@pytest.fixture
def lyon():
    return CityFactory(slug="lyon", name="Lyon")


@pytest.fixture
def focal(lyon):
    return MemberFactory(city=lyon, role="city_focal_point")


@pytest.fixture
def coordinator():
    return MemberFactory(city=None, team_role="coordinator")


def told():
    db.session.flush()
    mails = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)).all()
    return [(mail.template.split("/")[1], mail.member_id) for mail in mails]


def request_of(city, days, **values):
    asked = {
        "name": "Zoe M",
        "email": "zoe@lyon.example",
        "job_title": "Officer",
        "password": "x",
        "city_name": "Lyon",
    }
    request = JoinRequest(**asked, city=city, state="waiting", is_of_domain=True)
    request.created_at = utcnow() - timedelta(days=days)
    for name, value in values.items():
        setattr(request, name, value)
    db.session.add(request)
    db.session.flush()
    return request


@pytest.mark.parametrize(("days", "is_told"), [(2, False), (3, True), (8, True)])
def test_those_who_decide_are_reminded_of_a_request(lyon, focal, coordinator, days, is_told):
    request_of(lyon, days)

    waiting.remind()
    waiting.remind()

    assert told() == ([("join_asked", focal.id)] if is_told else [])


def test_after_ten_days_the_coordination_team_hears_of_it(lyon, focal, coordinator):
    request_of(lyon, 10)

    waiting.remind()

    assert told() == [("join_asked", focal.id), ("join_asked", coordinator.id)]
    letter = compose(db.session.scalars(db.select(OutgoingMail)).first())
    assert "waiting for 10 days" in letter.text and "waiting for 10 days" in letter.html


def test_each_step_is_said_once_more(lyon, focal, coordinator):
    request = request_of(lyon, 3)
    for days in (3, 4, 7, 9, 10, 40):
        request.created_at = utcnow() - timedelta(days=days)
        waiting.remind()

    assert [one for _, one in told()].count(focal.id) == 3


@pytest.mark.parametrize("state", ["unconfirmed", "accepted", "declined"])
def test_what_does_not_wait_reminds_nobody(lyon, focal, state):
    request_of(lyon, 5, state=state)

    waiting.remind()

    assert told() == []


def test_the_team_is_reminded_of_a_city_that_applied(coordinator):
    values = {
        "deputy_name": "D",
        "deputy_job_title": "D",
        "deputy_email": "d@a.example",
        "signatory": "M",
        "charter": 1,
    }
    application = CityApplication(
        city=CityFactory(name="Tunis", state="applied"),
        name="A",
        job_title="J",
        email="a@a.example",
        state="waiting",
        **values,
    )
    db.session.add(application)
    db.session.flush()
    clock.remind_the_team()
    assert told() == []

    application.created_at = utcnow() - timedelta(days=8)
    clock.remind_the_team()
    clock.remind_the_team()

    assert told() == [("application_waits", coordinator.id)]
    letter = compose(db.session.scalars(db.select(OutgoingMail)).one())
    assert "Tunis" in letter.subject and "7 days" in letter.text


def test_those_who_look_after_a_space_are_reminded_of_who_asks():
    leader, space = MemberFactory(), SpaceFactory(confidentiality="group", joining="request")
    space.admit(leader, "facilitator")
    entry = SpaceEntry.ask(space, MemberFactory())
    spaces.remind()
    assert told() == [("asked", leader.id)]

    entry.created_at = utcnow() - timedelta(days=4)
    spaces.remind()
    spaces.remind()

    assert told() == [("asked", leader.id)] * 2


@pytest.mark.parametrize(("days", "mails"), [(0, 1), (29, 1), (45, 1), (89, 1), (90, 0)])
def test_a_new_charter_is_announced_until_the_one_before_counts_no_more(
    lyon, focal, monkeypatch, days, mails
):
    today = utcnow().date()
    CharterAcceptance.record(lyon, "The mayor", version=1)
    monkeypatch.setattr(
        charters, "CHARTERS", versions := {1: today - timedelta(days=400), 2: today - timedelta(days=days)}
    )
    monkeypatch.setattr(clock, "CHARTERS", versions)

    clock.remind_of_the_charter()
    clock.remind_of_the_charter()

    assert told() == [("charter_due", focal.id)] * mails


def test_who_has_accepted_the_new_charter_is_left_in_peace(lyon, focal, monkeypatch):
    today = utcnow().date()
    monkeypatch.setattr(
        charters, "CHARTERS", versions := {1: today - timedelta(days=400), 2: today - timedelta(days=40)}
    )
    monkeypatch.setattr(clock, "CHARTERS", versions)
    CharterAcceptance.record(lyon, "The mayor", version=2)

    clock.remind_of_the_charter()

    assert told() == []


def test_the_first_charter_reminds_nobody(lyon, focal):
    clock.remind_of_the_charter()

    assert told() == []

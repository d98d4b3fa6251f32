"""What ends in the coming ten days, and whom it concerns."""

from datetime import timedelta

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.membership import charters
from cityexchange.membership.models import CharterAcceptance
from tests.digest.factories import official, theme
from tests.digest.test_choosing import chosen
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.visits.factories import draft_application, open_visit
from tests.workshops.factories import WorkshopFactory

NEAR, FAR = timedelta(days=5), timedelta(days=12)


@pytest.fixture
def claire():
    return official(needs=["health"], offers=["housing"], name="Claire", place="Lyon", locale="en")


def workshop_on(key, closes=NEAR, **values):
    workshop = WorkshopFactory(is_open=True, title="Counting newcomers", **values)
    workshop.themes = [theme(key)]
    workshop.registration_closes_at = utcnow() + closes
    db.session.flush()
    return workshop


def visit_on(key, closes=NEAR):
    visit = open_visit(title="A morning at the counter", theme=theme(key))
    visit.call_deadline = utcnow() + closes
    db.session.flush()
    return visit


def deadlines(member):
    return [
        (item.key, item.why.split(",")[0].split(".")[0])
        for item in chosen(member)
        if item.source == "deadlines"
    ]


def registered(claire):
    workshop_on("health").register(claire, "online", "en")


def in_a_closed_space(claire):
    workshop_on("health", space=SpaceFactory(confidentiality="group"))


WORKSHOPS = {
    "on what the city needs": (lambda claire: workshop_on("health"), True),
    "on what it shares": (lambda claire: workshop_on("housing"), True),
    "on something else": (lambda claire: workshop_on("finance"), False),
    "that ends later": (lambda claire: workshop_on("health", FAR), False),
    "that has ended": (lambda claire: workshop_on("health", -NEAR), False),
    "where she is registered": (registered, False),
    "of a space that is closed to her": (in_a_closed_space, False),
}


@pytest.mark.parametrize("case", WORKSHOPS)
def test_a_registration_that_ends_soon_comes_to_whom_it_concerns(claire, case):
    happens, is_told = WORKSHOPS[case]
    happens(claire)

    assert len(deadlines(claire)) == is_told
    if is_told:
        assert deadlines(claire)[0][1] == "It is on one of your city's themes"


def test_a_workshop_of_ones_own_closed_space_is_only_named_by_mail(claire):
    space = SpaceFactory(confidentiality="group")
    space.admit(claire)
    workshop_on("health", space=space)

    [item] = chosen(claire)
    assert item.source == "deadlines" and not item.is_open


VISITS = {
    "on what the city needs": (lambda claire: visit_on("health"), ["A study visit on what your city needs"]),
    "on what it shares": (lambda claire: visit_on("housing"), []),
    "that ends later": (lambda claire: visit_on("health", FAR), []),
    "that has ended": (lambda claire: visit_on("health", -NEAR), []),
    "that she has begun to apply for": (
        lambda claire: draft_application(visit_on("finance"), claire),
        ["You have begun an application"],
    ),
}


@pytest.mark.parametrize("case", VISITS)
def test_a_call_that_ends_soon_comes_to_whom_it_concerns(claire, case):
    happens, whys = VISITS[case]
    happens(claire)

    assert [why for _, why in deadlines(claire)] == whys


def test_a_draft_of_somebody_else_is_nobodys_deadline(claire):
    draft_application(visit_on("finance"))
    assert deadlines(claire) == []


@pytest.mark.parametrize(
    "role, days_ago, is_accepted, is_told",
    [
        ("city_focal_point", 85, False, True),
        ("city_deputy", 85, False, True),
        ("member", 85, False, False),
        ("city_focal_point", 85, True, False),
        ("city_focal_point", 40, False, False),
        ("city_focal_point", 95, False, False),
    ],
)
def test_whoever_speaks_for_a_city_hears_of_the_charter_before_it_is_late(
    app, monkeypatch, role, days_ago, is_accepted, is_told
):
    since = utcnow().date() - timedelta(days=days_ago)
    monkeypatch.setattr(charters, "CHARTERS", {1: since - timedelta(days=400), 2: since})
    monkeypatch.setattr("cityexchange.digest.ends.CHARTERS", charters.CHARTERS)
    member = MemberFactory(role=role, locale="en")
    CharterAcceptance.record(member.city, "A mayor", version=2 if is_accepted else 1)
    db.session.flush()

    assert [item.key for item in chosen(member)] == ([("City", member.city.id)] if is_told else [])


def test_visitors_from_organisations_hear_of_no_deadlines(app):
    """They neither register for cities nor apply for them."""
    workshop_on("health")
    visit_on("health")
    assert chosen(guest(locale="en")) == []

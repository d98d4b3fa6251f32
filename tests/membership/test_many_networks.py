"""Abuse case 18, from many networks at once: the desks of those who decide are not filled, and who is refused hears why, with what was typed."""

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.members.joining import JoinRequest
from cityexchange.members.limits import JOINS, JOINS_OF_ALL
from cityexchange.membership.limits import APPLICATIONS, APPLICATIONS_OF_ALL
from cityexchange.membership.models import CityApplication
from tests.members.test_guessing_at_once import JOIN
from tests.membership.steps import CITY_FORM

DOORS = {
    "/join": (JOINS, JOINS_OF_ALL, JoinRequest, JOIN, "name"),
    "/cities/apply": (APPLICATIONS, APPLICATIONS_OF_ALL, CityApplication, CITY_FORM, "own_name"),
}
OURS = {"Origin": "http://localhost"}
WORDS = {
    "en": "Very many people are asking at this moment",
    "fr": "Beaucoup de personnes font une demande en ce moment",
    "ar": "عدد كبير جدًا من الأشخاص يقدمون طلبات في هذه اللحظة",
}


@pytest.fixture(params=DOORS)
def door(request, monkeypatch):
    _, of_all, *_ = DOORS[request.param]
    monkeypatch.setitem(vars(of_all), "most", 3)
    return request.param


def come(app, door, number, language="en", **changes):
    """From a network of its own."""
    *_, form, name = DOORS[door]
    sent = form | {name: f"Ana Silva {'abcdefgh'[number]}", "email": f"a{number}@town.example"} | changes
    network = {"REMOTE_ADDR": f"192.0.2.{number}"}
    return app.test_client().post(f"{door}?lang={language}", data=sent, environ_base=network, headers=OURS)


@pytest.mark.parametrize("language", WORDS)
def test_many_networks_together_are_held_and_hear_that_it_is_not_about_them(app, door, language):
    assert [come(app, door, number).status_code for number in range(3)] == [303] * 3
    before = db.session.scalar(db.select(db.func.count(OutgoingMail.id)))

    held = come(app, door, 4, language)
    assert held.status_code == 429 and 1 <= int(held.headers["Retry-After"]) <= 60
    assert WORDS[language] in held.text
    assert "Ana Silva e" in held.text and "a4@town.example" in held.text, "what was typed"
    model = DOORS[door][2]
    assert db.session.scalar(db.select(db.func.count(model.id))) == 3
    assert db.session.scalar(db.select(db.func.count(OutgoingMail.id))) == before


def test_one_network_uses_up_its_own_limit_and_not_that_of_all(app, door, monkeypatch):
    of_network = DOORS[door][0]
    monkeypatch.setitem(vars(of_network), "most", 1)
    for _ in range(5):
        come(app, door, 1)
    assert [come(app, door, number).status_code for number in (2, 3)] == [303, 303]


def test_what_is_not_in_order_counts_for_nobody(app, door):
    for number in range(5):
        assert come(app, door, number, email="no address").status_code == 422
    assert come(app, door, 6).status_code == 303


def test_the_factor_stretches_it(app, door, monkeypatch):
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 2)
    assert [come(app, door, number).status_code for number in range(7)] == [303] * 6 + [429]

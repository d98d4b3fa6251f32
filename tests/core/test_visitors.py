"""Abuse case 18, of whoever has no account: a flood from one network is held before anything is written, and touches nobody else."""

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.limits.stores import TryCount
from cityexchange.core.limits.visitors import VISITORS_FORMS, VISITS
from cityexchange.core.mail import OutgoingMail
from cityexchange.members import security
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import SignInSession
from tests.factories import MemberFactory
from tests.members.test_guessing_at_once import JOIN

FLOOD = "192.0.2.7"
PASSWORD = "a long enough one"
FORMS = {
    "/sign-in": {"email": "ana@lyon.example", "password": "wrong"},
    "/sign-in/code": {"email": "ana@lyon.example"},
    "/sign-in/code/confirm": {"code": "000000"},
    "/forgotten": {"email": "ana@lyon.example"},
    "/password/new": {"code": "000000", "password": PASSWORD, "again": PASSWORD},
    "/sign-in/passkey/question": {},
    "/sign-in/passkey": {"answer": "{}"},
    "/join": JOIN,
    "/join/code": {"code": "000000"},
    "/cities/apply": {},
    "/cities/apply/code": {"code": "000000"},
    "/place-offers/1/code": {},
    "/place-offers/1/confirm": {"code": "000000"},
    "/settings": {},
    "/nowhere": {},
}
PAGES = ["/settings", "/topics/1", "/nowhere", "/spaces/hidden", "/members/"]


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setitem(vars(VISITS), "most", 30)
    monkeypatch.setitem(vars(VISITORS_FORMS), "most", 10)


def come(browser, method, path, network=FLOOD, **data):
    return browser.open(path, method=method, data=data, environ_base={"REMOTE_ADDR": network})


def rows():
    """In the tables that a visitor may fill."""
    return {
        model.__name__: db.session.scalar(db.select(db.func.count()).select_from(model))
        for model in (AuditEntry, TryCount, OutgoingMail, JoinRequest, SignInSession)
    }


@pytest.mark.parametrize("path", FORMS)
def test_a_flood_of_forms_is_held_and_writes_nothing_more(app, path):
    answers = [come(app.test_client(), "POST", path, **FORMS[path]) for _ in range(11)]
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) > 0
    before = rows()
    for _ in range(30):
        assert come(app.test_client(), "POST", path, **FORMS[path]).status_code == 429
    assert rows() == before


@pytest.mark.parametrize("path", PAGES)
def test_a_flood_of_pages_is_held_and_writes_one_row(app, path, count_queries):
    for _ in range(30):
        assert come(app.test_client(), "GET", path).status_code != 429
    before = rows()
    for _ in range(30):
        held = come(app.test_client(), "GET", path)
    assert held.status_code == 429 and "<nav" not in held.text
    assert sum(rows().values()) - sum(before.values()) == 1
    told = db.session.scalars(db.select(AuditEntry).filter_by(verb="visit")).one()
    assert (told.status, told.facts, told.actor_id) == (429, {"times": 30}, None)


def test_beside_a_flood_others_and_members_of_the_same_house_are_served(app, sign_in):
    inside = sign_in(MemberFactory())
    for _ in range(40):
        come(app.test_client(), "GET", "/settings")

    assert come(app.test_client(), "GET", "/", "198.51.100.1").status_code == 200
    assert come(inside, "GET", "/settings").status_code == 200
    assert come(inside, "POST", "/settings/sign-ins/end").status_code == 303
    assert come(app.test_client(), "GET", "/healthz").status_code == 200
    assert come(app.test_client(), "GET", "/sign-in").status_code == 429


@pytest.mark.parametrize("path", ["/", "/cities", "/workshops", "/sign-in"])
def test_who_reads_what_is_public_is_never_held(app, path):
    """Half an office behind one address, or somebody who measures how fast we are."""
    for _ in range(40):
        assert come(app.test_client(), "GET", path).status_code == 200


def test_who_signs_in_is_not_counted(app):
    member = MemberFactory(password=security.hashed(PASSWORD))
    for _ in range(12):
        answer = come(app.test_client(), "POST", "/sign-in", email=member.email, password=PASSWORD)
        assert answer.status_code == 303


def test_an_ipv6_house_is_one_network(app):
    for number in range(30):
        come(app.test_client(), "GET", "/settings", f"2001:db8:1:2::{number}")
    assert come(app.test_client(), "GET", "/", "2001:db8:1:2:ffff::1").status_code == 429
    assert come(app.test_client(), "GET", "/", "2001:db8:1:3::1").status_code == 200


def test_a_dead_cookie_is_a_visitor_s(app, sign_in):
    browser = sign_in(MemberFactory())
    db.session.scalars(db.select(SignInSession)).one().end()
    db.session.commit()
    for _ in range(30):
        come(browser, "GET", "/settings")
    assert come(browser, "GET", "/settings").status_code == 429

import pytest
from flask_security.utils import hash_password

from cityexchange.app import create_app
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, unit_of_work
from cityexchange.members.limits import PER_ACCOUNT
from cityexchange.members.models import SignInSession
from config import DevelopmentConfig
from tests.factories import MemberFactory

PASSWORD = "a long enough one"  # noqa: S105


@pytest.fixture
def ana():
    return MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))


def enter(browser, email="ana@lyon.example", password=PASSWORD, **query):
    return browser.post("/sign-in", data={"email": email, "password": password}, query_string=query)


def cookie_of(browser):
    return browser.get_cookie("session").value


def test_the_right_password_opens_the_house(ana, visitor):
    assert visitor.get("/settings").status_code == 302

    assert enter(visitor).status_code == 303

    assert visitor.get("/settings").status_code == 200


def test_the_address_may_be_typed_in_capitals_with_a_space(ana, visitor):
    assert enter(visitor, " ANA@Lyon.example ").status_code == 303


def test_passwords_are_hashed_at_full_strength_but_in_tests(app, tmp_path):
    class Settings(DevelopmentConfig):
        DATA_FOLDER = FILES_URL = str(tmp_path)
        SQLALCHEMY_DATABASE_URI = app.config["SQLALCHEMY_DATABASE_URI"]

    with create_app(Settings).app_context():
        real = hash_password(PASSWORD)

    # Memory in KiB, rounds, lanes: what OWASP asks at the least.
    assert real.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=8,t=1,p=1$")


@pytest.mark.parametrize("email", ["ana@lyon.example", "nobody@lyon.example"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(ana, visitor, email):
    response = enter(visitor, email, "wrong password")

    assert response.status_code == 422
    assert "do not belong together" in response.text
    assert visitor.get("/settings").status_code == 302


def test_what_was_typed_as_address_is_still_there(ana, visitor):
    assert 'value="ana@lyon.example"' in enter(visitor, password="wrong").text


def test_a_suspended_member_cannot_sign_in(ana, visitor):
    ana.suspend()

    assert enter(visitor).status_code == 422


def test_suspension_ends_what_is_open(ana, sign_in):
    browser = sign_in(ana)
    assert browser.get("/settings").status_code == 200

    with unit_of_work():
        ana.suspend()

    assert browser.get("/settings").status_code == 302


def test_an_old_cookie_is_dead_after_sign_out(ana, visitor, app):
    enter(visitor)
    old = cookie_of(visitor)
    visitor.post("/sign-out")

    thief = app.test_client()
    thief.set_cookie("session", old)

    assert thief.get("/settings").status_code == 302
    assert db.session.scalar(db.select(SignInSession)).ended_at is not None


def test_a_planted_cookie_does_not_become_a_signed_in_one(ana, visitor, app):
    with visitor.session_transaction() as session:
        session["sign_in"] = "planted"
    planted = cookie_of(visitor)
    enter(visitor)

    assert cookie_of(visitor) != planted
    thief = app.test_client()
    thief.set_cookie("session", planted)
    assert thief.get("/settings").status_code == 302


def test_nothing_that_was_in_the_browser_before_is_worth_anything_after(ana, visitor):
    """Somebody else may have put it there: the secret of their forms, a way on, a second step of theirs."""
    planted = {
        "csrf_token": "known-to-another",
        "way_on": "/settings",
        "second_step": "of-another",
        "_user_id": "x",
    }
    with visitor.session_transaction() as session:
        session.update(planted)

    enter(visitor)

    with visitor.session_transaction() as session:
        assert not set(planted.items()) & set(session.items())


def test_the_database_does_not_hold_what_the_cookie_holds(ana, visitor):
    enter(visitor)
    with visitor.session_transaction() as session:
        secret = session["sign_in"]

    assert db.session.scalar(db.select(SignInSession.digest)) != secret


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"],
)
def test_the_way_on_stays_on_this_site(ana, visitor, target):
    assert enter(visitor, next=target).headers["Location"] == "/"


def test_the_way_on_leads_where_one_wanted_to_go(ana, visitor):
    assert visitor.get("/settings").headers["Location"] == "/sign-in?next=/settings"
    assert enter(visitor, next="/settings").headers["Location"] == "/settings"


def test_a_failed_sign_in_is_audited_without_the_address(ana, visitor):
    enter(visitor, password="wrong")

    entry = db.session.scalars(db.select(AuditEntry).filter_by(outcome="refused")).one()
    assert entry.verb == "sign_in"
    assert "ana" not in str(entry.facts)


def test_after_ten_wrong_passwords_one_waits(ana, visitor):
    for _ in range(PER_ACCOUNT.most):
        assert enter(visitor, password="wrong").status_code == 422

    refused = enter(visitor)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= PER_ACCOUNT.seconds
    bea = MemberFactory(password=hash_password(PASSWORD))
    assert enter(visitor, bea.email).status_code == 303


def test_demo_sign_in_does_not_exist_without_the_demo(ana, visitor):
    assert visitor.post("/sign-in/demo", data={"email": ana.email}).status_code == 404


def test_signing_out_hangs_up_the_lines(ana, sign_in, connect):
    line = connect(ana)
    assert line.client.is_connected()

    sign_in(ana).post("/sign-out")

    assert not line.client.is_connected()

"""Abuse cases 17, 18 and 20: a second proof, by an application, a passkey or a recovery code."""

import re
import time
from base64 import b32decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask_security.utils import hash_password

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.members.factors import (
    Authenticator,
    RecoveryCode,
    SecondStep,
    has_second_factor,
)
from cityexchange.members.sealing import Unreadable, seal, unseal
from tests.factories import MemberFactory

PASSWORD = "a long enough one"


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@city.example", password=hash_password(PASSWORD))


@pytest.fixture
def secured(ana):
    Authenticator.begin(ana).confirmed_at = utcnow()
    return ana


@pytest.fixture
def asked(app, monkeypatch):
    monkeypatch.setitem(app.config, "IS_SECOND_FACTOR_ASKED", True)


def now_code(member, steps=0):
    secret = Authenticator.of(member).secret
    return TOTP(b32decode(secret), 6, SHA1(), 30).generate(int(time.time()) + 30 * steps).decode()


def enter(browser, email="ana@city.example", **query):
    return browser.post("/sign-in", data={"email": email, "password": PASSWORD}, query_string=query)


def second(browser, typed="", answer=""):
    return browser.post("/sign-in/second", data={"code": typed, "answer": answer})


def is_in(browser):
    return browser.get("/settings").status_code == 200


def last_told():
    return db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first().facts["what"]


def set_up(browser, member):
    browser.post("/settings/sign-in/authenticator")
    return browser.post("/settings/sign-in/authenticator/confirm", data={"code": now_code(member)})


def codes_on(page):
    return re.findall(r"<code dir=\"ltr\">(\w{5}-\w{5})</code>", page.text)


def test_an_application_is_set_up_by_its_first_code(ana, sign_in):
    here, there = sign_in(ana), sign_in(ana)
    here.post("/settings/sign-in/authenticator")
    page = here.get("/settings/sign-in/authenticator")
    assert Authenticator.of(ana).secret[:4] in page.text
    assert here.get("/settings/sign-in/authenticator.svg").headers["Cache-Control"] == "no-store"
    assert not has_second_factor(ana)

    wrong = here.post("/settings/sign-in/authenticator/confirm", data={"code": "000000"})
    assert wrong.status_code == 422 and not has_second_factor(ana)

    right = here.post("/settings/sign-in/authenticator/confirm", data={"code": now_code(ana)})
    assert right.status_code == 200 and len(codes_on(right)) == 10
    assert has_second_factor(ana) and last_told() == "authenticator_added"
    assert is_in(here) and not is_in(there)


def test_the_secret_is_not_shown_again(secured, sign_in):
    browser = sign_in(secured)
    for path in ("/settings/sign-in/authenticator", "/settings/sign-in/authenticator.svg"):
        assert browser.get(path).status_code == 303
    browser.post("/settings/sign-in/authenticator")
    assert (
        Authenticator.of(secured).confirmed_at
        and Authenticator.of(secured).secret not in browser.get("/settings/sign-in").text
    )


def test_between_the_two_proofs_nobody_is_signed_in(secured, visitor, app):
    assert enter(visitor, next="/forums").headers["Location"].endswith("/sign-in/second")
    assert not is_in(visitor)
    assert b"sign_in" not in visitor.get("/sign-in/second").data.split(b"<main")[0]

    assert second(visitor, now_code(secured)).headers["Location"] == "/forums"
    assert is_in(visitor)


def test_a_code_is_good_once_also_with_spaces_and_in_another_browser(secured, visitor, app):
    typed = now_code(secured)
    enter(visitor)
    assert second(visitor, f"{typed[:3]} {typed[3:]}").status_code == 303

    other = app.test_client()
    enter(other)
    assert second(other, typed).status_code == 422
    assert second(other, f" {typed[:3]} {typed[3:]} ").status_code == 422
    assert second(other, now_code(secured, -1)).status_code == 422
    assert second(other, now_code(secured, +1)).status_code == 303


def test_a_code_of_long_ago_or_of_later_is_none(secured, visitor):
    enter(visitor)
    for steps in (-3, 3):
        assert second(visitor, now_code(secured, steps)).status_code == 422
    assert not is_in(visitor)


def test_five_wrong_codes_lead_back_to_the_first_proof(secured, visitor):
    enter(visitor)
    for _ in range(5):
        assert second(visitor, "000000").status_code == 422

    assert second(visitor, now_code(secured)).headers["Location"].endswith("/sign-in")
    assert not is_in(visitor)


def test_wrong_codes_are_limited_for_the_account_whatever_browser(secured, app):
    for _ in range(2):
        browser = app.test_client()
        enter(browser)
        for _ in range(5):
            second(browser, "000000")
    browser = app.test_client()
    enter(browser)

    refused = second(browser, "000000")
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0


def test_the_second_step_ends_with_its_ten_minutes_and_with_a_suspension(secured, visitor):
    enter(visitor)
    step = db.session.scalar(db.select(SecondStep))
    step.expires_at = utcnow() - timedelta(seconds=1)
    assert second(visitor, now_code(secured)).headers["Location"].endswith("/sign-in")

    enter(visitor)
    secured.suspend()
    assert second(visitor, now_code(secured)).headers["Location"].endswith("/sign-in")


def test_the_second_step_is_good_in_its_own_browser_alone(secured, visitor, app):
    enter(visitor)
    thief = app.test_client()
    with thief.session_transaction() as session:
        session["second_step"] = db.session.scalar(db.select(SecondStep.digest))

    assert second(thief, now_code(secured)).headers["Location"].endswith("/sign-in")


@pytest.mark.parametrize("door", ["/sign-in/code", "/forgotten"])
def test_a_code_by_mail_does_not_pass_the_second_factor_by(secured, visitor, door):
    visitor.post(door, data={"email": secured.email})
    typed = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc())).first().facts["code"]
    if door == "/sign-in/code":
        answer = visitor.post("/sign-in/code/confirm", data={"code": typed})
    else:
        answer = visitor.post("/password/new", data={"code": typed, "password": PASSWORD, "again": PASSWORD})

    assert answer.headers["Location"].endswith("/sign-in/second") and not is_in(visitor)


def test_a_recovery_code_opens_once_and_is_told(secured, visitor, app):
    codes = RecoveryCode.renew(secured)
    assert not db.session.scalar(db.select(RecoveryCode).where(RecoveryCode.digest.in_(codes)))
    enter(visitor)
    assert second(visitor, codes[0].upper().replace("-", " ")).status_code == 303
    assert is_in(visitor) and last_told() == "recovery_code_used" and RecoveryCode.left(secured) == 9

    other = app.test_client()
    enter(other)
    assert second(other, codes[0]).status_code == 422


def test_recovery_codes_of_somebody_else_open_nothing(secured, visitor):
    codes = RecoveryCode.renew(MemberFactory())
    enter(visitor)

    assert second(visitor, codes[0]).status_code == 422


def test_taking_a_factor_away_asks_who_one_is(secured, sign_in):
    browser = sign_in(secured)
    form = {"what": "authenticator", "proof": "wrong"}
    assert browser.get("/settings/sign-in/sure?what=authenticator").status_code == 200
    assert browser.post("/settings/sign-in/sure", data=form).status_code == 422
    assert has_second_factor(secured)

    assert browser.post("/settings/sign-in/sure", data=form | {"proof": PASSWORD}).status_code == 303
    assert not has_second_factor(secured) and last_told() == "authenticator_removed"


def test_new_recovery_codes_end_the_old_ones(secured, sign_in):
    old = RecoveryCode.renew(secured)
    page = sign_in(secured).post("/settings/sign-in/sure", data={"what": "codes", "proof": PASSWORD})

    assert len(codes_on(page)) == 10 and not RecoveryCode.take(secured, old[0])


def test_a_coordinator_without_a_second_factor_can_set_one_up_and_nothing_else(asked, sign_in, connect):
    coordinator = MemberFactory(city=None, team_role="coordinator", password=hash_password(PASSWORD))
    browser = sign_in(coordinator)
    for path in ("/", "/settings", "/join-requests", "/members/1", "/forums"):
        assert browser.get(path).headers["Location"].endswith("/settings/sign-in"), path
    assert browser.post("/settings", data={"name": "x"}).status_code == 403
    assert browser.post("/settings/address", data={}).status_code == 403
    assert not connect(coordinator).client.is_connected()
    assert "needs a second proof" in browser.get("/settings/sign-in").text

    set_up(browser, coordinator)

    assert browser.get("/join-requests").status_code == 200


def test_a_member_who_becomes_coordinator_is_asked_at_once(asked, sign_in):
    member = MemberFactory()
    browser = sign_in(member)
    assert is_in(browser)
    member.team_role = "admin"

    assert browser.get("/forums").headers["Location"].endswith("/settings/sign-in")


def test_others_are_free_to_go_without(asked, sign_in):
    assert is_in(sign_in(MemberFactory())) and is_in(sign_in(MemberFactory(team_role="organiser")))


def test_an_administrator_lets_in_who_lost_everything(secured, sign_in):
    admin = MemberFactory(city=None, team_role="admin")
    path = f"/members/{secured.id}/factors/reset"
    for other in (MemberFactory(), MemberFactory(city=None, team_role="coordinator"), secured):
        assert sign_in(other).post(path, data={"reason": "x"}).status_code == 403
    assert has_second_factor(secured)
    theirs, browser = sign_in(secured), sign_in(admin)
    assert browser.post(path, data={"reason": ""}).status_code == 422

    assert browser.post(path, data={"reason": "Called the town hall"}).status_code == 303

    assert not has_second_factor(secured) and last_told() == "factors_reset" and not is_in(theirs)


def test_what_is_sealed_for_one_purpose_is_unreadable_for_another_and_survives_a_new_key(app, monkeypatch):
    sealed = seal("a secret", "one")
    assert "a secret" not in sealed and unseal(sealed, "one") == "a secret"
    with pytest.raises(Unreadable):
        unseal(sealed, "two")
    before = app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    with pytest.raises(Unreadable):
        unseal(sealed, "one")
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [before])
    assert unseal(sealed, "one") == "a secret"

"""Abuse case 18: whatever strangers do under a limit that is not the owner's own, the owner comes in.

A limit for an address, an offer or a member that others can spend stands in the table, with what they do and the way that is left.
"""

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, utcnow
from cityexchange.core.limits import MEMBER, MEMBER_OR_NETWORK, NETWORK, declared
from cityexchange.core.mail import OutgoingMail
from cityexchange.members.codes import MOST_TRIES, MailProof
from cityexchange.members.factors import Authenticator, RecoveryCode
from cityexchange.members.limits import TYPED_CODES
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import offer_of

PASSWORD = "a long enough one"  # noqa: S105
OWN = (MEMBER, NETWORK, MEMBER_OR_NETWORK)
"""Whom a limit is for that nobody else spends: who is signed in, and who is in one's house."""
HOME = "198.51.100.1"


OF_NOBODY = {
    "join_of_all": "who is not known yet asks again in a minute; who is invited, or has an account, comes by another door",
    "city_application_of_all": "the same, of cities",
}


def way(*limits):
    def keep(scene):
        WAYS.update(dict.fromkeys(limits, scene))
        return scene

    return keep


WAYS = {}


def send(browser, path, network=HOME, **data):
    return browser.post(path, data=data, environ_base={"REMOTE_ADDR": network})


def strangers(app, path, **data):
    """From many networks, until each is refused."""
    for number in range(12):
        for _ in range(12):
            if send(app.test_client(), path, f"192.0.2.{number}", **data).status_code == 429:
                break


def newest_code():
    """As the owner reads it who looks at the newest mail."""
    mails = db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id.desc()))
    return next(mail.facts["code"] for mail in mails if mail.facts.get("code"))


def is_in(browser):
    return browser.get("/settings").status_code == 200


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))


@way("sign_in_account", "sign_in_account_everywhere", "mail_code_address", "mail_code_everywhere")
def who_forgot_nothing_and_has_a_new_browser(app, ana):
    strangers(app, "/sign-in", email=ana.email, password="wrong")
    strangers(app, "/sign-in/code", email=ana.email)
    browser = app.test_client()
    refused = send(browser, "/sign-in", email=ana.email, password=PASSWORD)
    assert refused.status_code == 429 and "/sign-in/code" in refused.text, (
        "the page names the way that is left"
    )
    assert send(browser, "/sign-in/code", email=ana.email).status_code == 303
    assert send(browser, "/sign-in/code/confirm", code=newest_code()).status_code == 303
    return browser


@way("mail_code_everywhere")
def who_forgot_the_password(app, ana):
    strangers(app, "/forgotten", email=ana.email)
    browser, new = app.test_client(), "another long one"
    assert send(browser, "/forgotten", email=ana.email).status_code == 303
    assert send(browser, "/password/new", code=newest_code(), password=new, again=new).status_code == 303
    return browser


@way("second_factor")
def who_has_a_second_factor_and_whose_password_somebody_knows(app, ana):
    Authenticator.begin(ana).confirmed_at = utcnow()
    one, other = RecoveryCode.renew(ana)[:2]
    db.session.commit()
    browser = app.test_client()
    send(browser, "/sign-in", email=ana.email, password=PASSWORD)
    send(browser, "/sign-in/second", code=one)
    browser.post("/sign-out")
    stranger = app.test_client()
    for _ in range(12):
        send(stranger, "/sign-in", "192.0.2.1", email=ana.email, password=PASSWORD)
        refused = send(stranger, "/sign-in/second", "192.0.2.1", code="wrong")
    assert refused.status_code == 429
    send(browser, "/sign-in", email=ana.email, password=PASSWORD)
    assert send(browser, "/sign-in/second", code=other).status_code == 303
    return browser


@way("offer_code", "offer_code_everywhere")
def who_was_invited(app, ana):
    lyon = CityFactory(slug="lyon")
    team = MemberFactory(city=None, team_role="coordinator")
    _, offer = offer_of(app.test_client().sign_in(team))
    assert offer and lyon
    path, browser = f"/place-offers/{offer.id}", app.test_client()
    strangers(app, f"{path}/code")
    assert send(browser, f"{path}/code").status_code == 303
    assert send(browser, f"{path}/confirm", code=newest_code()).status_code == 303
    return browser


def test_every_limit_that_strangers_can_spend_has_its_way(app):
    assert {
        limit.name for limit in map(declared.__getitem__, declared.names()) if limit.each not in OWN
    } == set(WAYS) | OF_NOBODY.keys()


@pytest.mark.parametrize("scene", sorted(set(WAYS.values()), key=str), ids=lambda scene: scene.__name__)
def test_the_owner_comes_in(app, ana, scene):
    assert is_in(scene(app, ana))


def test_the_code_for_all_is_mailed_once_and_is_no_shorter_than_guesses_are_many(app, ana):
    strangers(app, "/sign-in/code", email=ana.email)
    code, sent = newest_code(), db.session.scalar(db.select(db.func.count(OutgoingMail.id)))
    assert len(code) == 12
    for number in range(MOST_TRIES + 1):
        stranger, network = app.test_client(), f"203.0.113.{number}"
        send(stranger, "/sign-in/code", network, email=ana.email)
        for _ in range(MOST_TRIES + 1):
            assert send(stranger, "/sign-in/code/confirm", network, code="123456123456").status_code == 422

    browser = app.test_client()
    send(browser, "/sign-in/code", email=ana.email)
    for page in (browser.get("/sign-in/code/confirm"), send(browser, "/sign-in/code/confirm", code="123456")):
        assert "twelve digits" in page.text and "six" not in page.text
    assert db.session.scalar(db.select(db.func.count(OutgoingMail.id))) == sent
    assert send(browser, "/sign-in/code/confirm", code=f"{code[:4]} {code[4:]}").status_code == 303
    assert is_in(browser)
    assert MailProof.for_all("sign_in", ana.email) is None, "good once"


def test_an_address_that_nobody_has_is_answered_the_same(app, ana):
    for email in (ana.email, "nobody@lyon.example"):
        strangers(app, "/sign-in/code", email=email)
        asked = send(app.test_client(), "/sign-in/code", email=email)
        assert (asked.status_code, asked.location) == (303, "/sign-in/code/confirm")


def test_a_house_in_which_somebody_guesses_keeps_who_was_there_before(app, ana):
    browser = app.test_client()
    send(browser, "/sign-in", email=ana.email, password=PASSWORD)
    browser.post("/sign-out")
    for number in range(60):
        guessed = send(app.test_client(), "/sign-in", email=f"m{number}@lyon.example", password="wrong")
    for number in range(30):
        asked = send(app.test_client(), "/sign-in/code", email=f"m{number}@lyon.example")
    assert (guessed.status_code, asked.status_code) == (429, 429)

    assert send(browser, "/sign-in/code", email=ana.email).status_code == 303
    assert send(browser, "/sign-in", email=ana.email, password=PASSWORD).status_code == 303


def test_codes_typed_are_counted_for_the_network_that_types(app):
    assert TYPED_CODES.each in OWN

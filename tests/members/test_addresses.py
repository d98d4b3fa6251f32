"""Changing the address one signs in with."""

import pytest
from flask_security.utils import hash_password

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from tests.factories import MemberFactory

PASSWORD = "a long enough one"
NEW = "ana.new@city.example"


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@city.example", password=hash_password(PASSWORD))


def mails():
    return list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))


def ask(browser, email=NEW, proof=PASSWORD):
    return browser.post("/settings/address", data={"email": email, "proof": proof})


def confirm(browser, code=None):
    return browser.post("/settings/address/confirm", data={"code": code or mails()[-1].facts["code"]})


def test_a_code_to_the_new_address_changes_it_and_the_old_one_is_told(ana, sign_in):
    here, there = sign_in(ana), sign_in(ana)
    assert ask(here).status_code == 303 and ana.email == "ana@city.example"
    assert mails()[-1].address == NEW

    assert confirm(here).status_code == 303

    assert ana.email == NEW
    assert [(mail.address, mail.member_id) for mail in mails()[-2:]] == [
        ("ana@city.example", None),
        (None, ana.id),
    ]
    assert here.get("/settings").status_code == 200 and there.get("/settings").status_code == 302


def test_without_the_password_nothing_is_sent(ana, sign_in):
    answer = ask(sign_in(ana), proof="wrong")
    assert answer.status_code == 422 and NEW in answer.text and not mails()


def test_an_address_that_has_an_account_is_answered_alike_and_not_taken(ana, sign_in):
    MemberFactory(email="ben@city.example")
    free, taken = ask(sign_in(ana)), ask(sign_in(ana), "ben@city.example")

    assert (free.status_code, free.headers["Location"]) == (taken.status_code, taken.headers["Location"])
    assert mails()[-1].template == "members/known" and mails()[-1].facts["code"] == ""


def test_an_address_that_somebody_took_meanwhile_is_not_given_twice(ana, sign_in):
    browser = sign_in(ana)
    ask(browser)
    MemberFactory(email=NEW)

    assert confirm(browser).status_code == 422 and ana.email == "ana@city.example"


def test_the_code_is_good_for_whoever_asked_alone(ana, sign_in):
    ben = sign_in(MemberFactory(password=hash_password(PASSWORD)))
    ask(sign_in(ana))
    code = mails()[-1].facts["code"]
    ask(ben, "ben.new@city.example")

    assert confirm(ben, code).status_code == 422


def test_wrong_codes_end_it(ana, sign_in):
    browser = sign_in(ana)
    ask(browser)
    right = mails()[-1].facts["code"]
    for _ in range(5):
        assert confirm(browser, f"{(int(right) + 1) % 10**6:06}").status_code == 422

    assert confirm(browser, right).status_code == 422


def test_a_place_for_an_address_of_the_city_goes_with_one(ana, sign_in):
    EmailDomain.claim(ana.city, "city.example").verify(None)
    browser = sign_in(ana)
    refused = ask(browser, "ana@free-mail.example")
    assert refused.status_code == 422 and "goes with an address of your city" in refused.text
    assert "ana@free-mail.example" in refused.text and not mails()

    assert ask(browser, "ana@social.city.example").status_code == 303


def test_those_who_gave_the_place_hear_of_an_address_that_proves_nothing(ana, sign_in):
    focal = MemberFactory(city=ana.city, role="city_focal_point")
    coordinator = MemberFactory(city=None, team_role="coordinator")
    browser = sign_in(ana)
    ask(browser, "ana@free-mail.example")
    confirm(browser)

    told = [mail for mail in mails() if mail.template == "members/address_elsewhere"]
    assert {mail.member_id for mail in told} == {focal.id, coordinator.id}
    letter = compose(told[0])
    assert ana.name in letter.subject and f"/members/{ana.id}" in letter.text and ana.name in letter.html

"""Abuse cases 17 and 20: passkeys, alone and as the second proof."""

import json
from datetime import timedelta

import pytest
from flask_security.utils import hash_password
from webauthn.helpers import bytes_to_base64url

from cityexchange.core.db import db, utcnow
from cityexchange.members.factors import Challenge, Passkey, has_second_factor
from tests.factories import MemberFactory
from tests.members.devices import Device
from tests.members.test_factors import PASSWORD, enter, is_in, second


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@city.example", password=hash_password(PASSWORD))


def add_passkey(browser, device, name="Key of mine"):
    question = browser.post("/settings/sign-in/passkeys/question").json
    return browser.post("/settings/sign-in/passkeys", data={"name": name, "answer": device.make(question)})


@pytest.fixture
def device(ana, sign_in):
    made = Device()
    assert add_passkey(sign_in(ana), made).status_code == 200
    return made


def by_passkey(browser, answer):
    return browser.post("/sign-in/passkey", data={"answer": answer})


def ask(browser, door="/sign-in/passkey/question"):
    return browser.post(door).json


def test_a_passkey_signs_in_alone(ana, device, visitor):
    assert by_passkey(visitor, device.use(ask(visitor))).status_code == 303
    assert is_in(visitor)


def test_a_passkey_is_a_second_factor(ana, device, visitor):
    enter(visitor)
    question = ask(visitor, "/sign-in/second/question")
    assert [one["id"] for one in question["allowCredentials"]] == [Passkey.of(ana)[0].credential_id]

    assert second(visitor, answer=device.use(question)).status_code == 303
    assert is_in(visitor)


def test_an_answer_is_good_once(device, visitor, app):
    answer = device.use(ask(visitor))
    assert by_passkey(visitor, answer).status_code == 303

    assert by_passkey(app.test_client(), answer).status_code == 422


def refused_device(name):
    return {
        "another page": lambda d: setattr(d, "origin", "http://localhost.evil.example"),
        "another host": lambda d: setattr(d, "host", "evil.example"),
        "nobody verified": lambda d: setattr(d, "flags", 1),
        "another key": lambda d: setattr(d, "key", Device().key),
        "a copy": lambda d: setattr(d, "count", -1),
    }[name]


@pytest.mark.parametrize("name", ["another page", "another host", "nobody verified", "another key", "a copy"])
def test_an_answer_that_is_not_right_opens_nothing(device, visitor, name):
    for _ in range(2):
        assert by_passkey(visitor, device.use(ask(visitor))).status_code == 303
    visitor.post("/sign-out")
    refused_device(name)(device)

    assert by_passkey(visitor, device.use(ask(visitor))).status_code == 422
    assert not is_in(visitor)


def test_a_question_that_was_not_ours_is_too_old_or_is_anothers_opens_nothing(ana, device, visitor):
    assert by_passkey(visitor, device.use({"challenge": "AAAA"})).status_code == 422
    question = ask(visitor)
    db.session.scalar(db.select(Challenge)).expires_at = utcnow() - timedelta(seconds=1)
    assert by_passkey(visitor, device.use(question)).status_code == 422
    enter(visitor)
    mine = ask(visitor, "/sign-in/second/question")
    assert by_passkey(visitor, device.use(mine)).status_code == 422


def test_the_passkey_of_somebody_else_is_no_second_factor_of_mine(device, visitor, app, sign_in):
    ben = MemberFactory(email="ben@city.example", password=hash_password(PASSWORD))
    add_passkey(sign_in(ben), Device())
    enter(visitor, "ben@city.example")

    assert second(visitor, answer=device.use(ask(visitor, "/sign-in/second/question"))).status_code == 422
    assert not is_in(visitor)


@pytest.mark.parametrize(
    "answer", ["", "x", "[]", "{}", '{"id": 1}', '{"id":"a","response":{}}', "x" * 20000, "null", "[" * 9999,
               '{"id":"\\ud800"}', '{"id":"\\u0000"}', '{"id":%s}' % ("[" * 900 + "]" * 900)]
)  # fmt: skip
def test_nonsense_is_refused_and_no_error_of_ours(ana, device, visitor, answer):
    assert by_passkey(visitor, answer).status_code == 422
    enter(visitor)
    assert second(visitor, answer=answer).status_code == 422


def test_what_the_device_says_it_was_asked_may_be_nonsense_too(device, visitor):
    said = bytes_to_base64url(b"[" * 5000)
    answer = json.loads(device.use(ask(visitor)))
    answer["response"]["clientDataJSON"] = said

    assert by_passkey(visitor, json.dumps(answer)).status_code == 422


def test_a_suspended_members_passkey_opens_nothing(ana, device, visitor):
    ana.suspend()
    assert by_passkey(visitor, device.use(ask(visitor))).status_code == 422


def test_a_passkey_is_taken_away_by_its_owner_alone(ana, device, sign_in):
    key = Passkey.of(ana)[0]
    form = {"what": f"passkey:{key.id}", "proof": PASSWORD}
    ben = MemberFactory(password=hash_password(PASSWORD))
    sign_in(ben).post("/settings/sign-in/sure", data=form)
    assert has_second_factor(ana)

    assert sign_in(ana).post("/settings/sign-in/sure", data=form).status_code == 303
    assert not has_second_factor(ana)

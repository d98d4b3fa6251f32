"""Abuse case 18: guesses are counted, also those of one moment, and whoever guesses locks nobody out."""

import pytest
from flask_security.utils import hash_password

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.limits.stores import TryCount
from cityexchange.members import security
from cityexchange.members.codes import MOST_TRIES, MailProof
from cityexchange.members.known_browsers import COOKIE
from cityexchange.members.limits import CODES_FROM_EVERYWHERE, CODES_TO_ADDRESS
from cityexchange.members.views import signing_in
from tests.factories import MemberFactory

PASSWORD = "a long enough one"  # noqa: S105


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """The same limits with smaller numbers: hashing passwords takes its time."""
    for name, most in {"PER_ACCOUNT": 3, "ACCOUNT_EVERYWHERE": 5, "PER_NETWORK": 8}.items():
        monkeypatch.setitem(vars(getattr(signing_in, name)), "most", most)


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@lyon.example", password=hash_password(PASSWORD))


def enter(browser, password=PASSWORD, email="ana@lyon.example", network="127.0.0.1"):
    data = {"email": email, "password": password}
    return browser.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": network})


def ask(browser, network, email="ana@lyon.example"):
    return browser.post("/sign-in/code", data={"email": email}, environ_base={"REMOTE_ADDR": network})


def guess(app, networks, each, tried=enter):
    """What strangers are answered who try this often from each network, with a browser of their own every time."""
    answers = []
    for number in range(networks):
        for _ in range(each):
            answers.append(tried(app.test_client(), "wrong", network=f"192.0.2.{number}").status_code)
    return answers


def test_guesses_of_one_moment_are_counted_before_they_are_looked_at(ana, app, monkeypatch):
    """Each arrives while the one before is looked at, which takes its time."""
    answers, looked_at = [], []

    def look(email, password):
        looked_at.append(password)
        answers.append(enter(app.test_client(), "wrong").status_code)

    monkeypatch.setattr(security, "verified_member", look)
    enter(app.test_client(), "wrong")

    assert len(looked_at) == signing_in.PER_ACCOUNT.most and answers.count(429) == 1


def test_a_stranger_elsewhere_locks_nobody_out(ana, app, visitor):
    assert guess(app, 1, 5) == [422] * signing_in.PER_ACCOUNT.most + [429] * 2
    for _ in range(9):
        ask(app.test_client(), "192.0.2.0")

    assert ask(visitor, "198.51.100.1").status_code == 303
    assert enter(visitor, network="198.51.100.1").status_code == 303


def test_many_networks_are_held_to_a_sum_and_the_owner_s_own_browser_is_not(ana, app, visitor):
    enter(visitor)
    visitor.post("/sign-out")

    answers = guess(app, 3, signing_in.PER_ACCOUNT.most)
    assert answers.count(422) == signing_in.ACCOUNT_EVERYWHERE.most and answers[-1] == 429
    assert enter(app.test_client(), network="198.51.100.1").status_code == 429

    assert enter(visitor).status_code == 303


def test_codes_are_asked_for_from_the_owner_s_own_browser_whatever_others_do(ana, app, visitor):
    enter(visitor)
    visitor.post("/sign-out")
    for number in range(9):
        for _ in range(CODES_TO_ADDRESS.most):
            ask(app.test_client(), f"192.0.2.{number}")

    assert ask(visitor, "198.51.100.1").status_code == 303
    sent = db.select(db.func.count()).select_from(MailProof)
    assert db.session.scalar(sent) == CODES_FROM_EVERYWHERE.most + 2, (
        "one for all others, and the owner's own"
    )


def test_the_own_browser_has_a_limit_too(ana, app, visitor):
    enter(visitor)
    visitor.post("/sign-out")

    assert [enter(visitor, "wrong").status_code for _ in range(signing_in.PER_ACCOUNT.most + 1)][-2:] == [
        422,
        429,
    ]
    assert enter(app.test_client()).status_code == 303


@pytest.mark.parametrize("value", ["", "x", "WyJ4IiwieSJd.x.y", "of another"])
def test_no_cookie_that_we_did_not_give_for_this_account_counts(ana, app, visitor, value):
    if value == "of another":
        MemberFactory(email="bea@lyon.example", password=hash_password(PASSWORD))
        enter(visitor, email="bea@lyon.example")
        value = visitor.get_cookie(COOKIE).value
    guess(app, 3, signing_in.PER_ACCOUNT.most)
    browser = app.test_client()
    browser.set_cookie(COOKIE, value)

    assert enter(browser, network="198.51.100.1").status_code == 429


def test_a_house_with_one_network_signs_in_all_day(app):
    """Who comes in counts for nothing."""
    for number in range(signing_in.PER_NETWORK.most + 2):
        MemberFactory(email=f"m{number}@lyon.example", password=hash_password(PASSWORD))
        assert enter(app.test_client(), email=f"m{number}@lyon.example").status_code == 303


def test_the_cookie_names_nobody_and_no_script_reads_it(ana, visitor):
    enter(visitor)
    cookie = visitor.get_cookie(COOKIE)

    assert cookie.http_only and cookie.same_site == "Lax" and "ana" not in cookie.value


def test_a_wrong_code_counts_also_when_its_request_is_undone(ana):
    with unit_of_work():
        proof = MailProof.begin("sign_in", ana.email, ana, "192.0.2.1")
        code = proof.new_code()
    for _ in range(MOST_TRIES):
        with unit_of_work() as work:
            assert not proof.takes("000000" if code != "000000" else "111111")
            work.undo()

    assert not proof.takes(code)


def test_a_sum_under_several_limits_is_not_spent_by_who_is_refused_under_the_first(ana, app):
    guess(app, 1, 6)

    counts = sorted(
        db.session.scalars(db.select(TryCount.count))
    )  # for all networks, for this one and the account, for this one
    assert counts == [signing_in.PER_ACCOUNT.most, 6, 6]


def test_an_address_that_nobody_has_is_as_dear_to_try_as_a_member_s(app, ana, visitor):
    """The kind of hash and what it costs stand before the last two parts, which are drawn by lot."""
    nobodys = app.extensions["nobodys_password"]

    assert nobodys.rsplit("$", 2)[0] == ana.password.rsplit("$", 2)[0]
    assert len(nobodys) == len(ana.password)
    assert enter(visitor, email="bea@lyon.example").status_code == 422
    assert enter(visitor).status_code == 303

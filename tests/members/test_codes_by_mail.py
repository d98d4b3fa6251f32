"""Abuse cases 15 to 18 and 20: a forgotten password, and signing in by a code."""

import re
from datetime import timedelta

import pytest
from flask_security.utils import hash_password

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.members.codes import MailProof
from cityexchange.members.models import SignInSession
from tests.factories import MemberFactory

NEW = "a long new password"
PLACE = {
    "name": "Ana Maria", "email": "ana@city.example", "job_title": "Officer", "city_name": "Lyon",
    "password": "a long enough one", "again": "a long enough one",
}  # fmt: skip
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def ana(app):
    return MemberFactory(email="ana@city.example", password=hash_password("the old password"))


@pytest.fixture
def ben():
    return MemberFactory(email="ben@city.example")


def mails():
    return list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))


def code():
    return mails()[-1].facts["code"]


def ask_reset(browser, email="ana@city.example"):
    return browser.post("/forgotten", data={"email": email})


def reset(browser, typed, password=NEW):
    return browser.post("/password/new", data={"code": typed, "password": password, "again": password})


def ask_code(browser, email="ana@city.example"):
    return browser.post("/sign-in/code", data={"email": email})


def type_code(browser, typed):
    return browser.post("/sign-in/code/confirm", data={"code": typed})


def is_in(browser):
    return browser.get("/settings").status_code == 200


def test_a_code_brings_a_new_password_and_ends_every_other_sign_in(ana, visitor, sign_in, app):
    elsewhere = sign_in(ana)
    assert ask_reset(visitor).status_code == 303

    assert reset(visitor, code()).status_code == 303

    assert is_in(visitor) and not is_in(elsewhere)
    fresh = app.test_client()
    assert fresh.post("/sign-in", data={"email": ana.email, "password": NEW}).status_code == 303
    assert mails()[-1].facts["what"] == "password_changed"


def test_a_code_signs_in_without_a_password(ana, visitor):
    ask_code(visitor)
    assert not is_in(visitor)

    assert type_code(visitor, f" {code()[:3]} {code()[3:]} ").status_code == 303

    assert is_in(visitor)


@pytest.mark.parametrize("ask", [ask_reset, ask_code])
def test_known_and_unknown_addresses_are_answered_alike(ana, app, ask):
    known, unknown = app.test_client(), app.test_client()
    answers = ask(known, ana.email), ask(unknown, "nobody@city.example")

    assert len({(answer.status_code, answer.headers["Location"], answer.text) for answer in answers}) == 1
    assert [mail.template for mail in mails()] == ["members/typed_code", "members/no_account"]
    assert mails()[1].facts["code"] == ""
    wrong = type_code(known, "000000") if ask is ask_code else reset(known, "000000")
    same = type_code(unknown, "000000") if ask is ask_code else reset(unknown, "000000")
    assert (wrong.status_code, _plain(wrong)) == (same.status_code, _plain(same))


def _plain(page):
    return re.sub(r"value=\"[^\"]*\"", "", page.text)


@pytest.mark.parametrize("state", ["active", "locked", "invited", "deactivated", "anonymised"])
def test_the_work_is_the_same_for_known_and_unknown(ana, app, count_queries, state):
    ana.state = state
    db.session.commit()
    with count_queries() as known:
        ask_reset(app.test_client())
    with count_queries() as unknown:
        ask_reset(app.test_client(), "nobody@city.example")

    known, unknown = ([line for line in lines if "try_counts" not in line] for lines in (known, unknown))
    assert known == unknown


@pytest.mark.parametrize("state", ["locked", "pending", "deactivated", "anonymised"])
def test_who_may_not_come_in_gets_no_code(ana, visitor, state):
    ana.state = state
    ask_reset(visitor)

    assert mails()[-1].template == ("members/suspended" if state == "locked" else "members/no_account")
    assert reset(visitor, "000000").status_code == 422


def test_who_was_suspended_after_asking_does_not_come_in(ana, visitor):
    ask_code(visitor)
    ana.suspend()

    assert type_code(visitor, code()).status_code == 422


def test_a_code_is_good_once(ana, visitor, app):
    ask_reset(visitor)
    typed = code()
    assert reset(visitor, typed).status_code == 303

    other = app.test_client()
    with other.session_transaction() as session:
        session["mail_proof"] = db.session.scalar(db.select(MailProof.id))
    assert reset(other, typed, "yet another one").status_code == 422


def test_a_newer_code_ends_the_older_one(ana, visitor, app):
    ask_reset(visitor)
    older = code()
    ask_reset(app.test_client())

    assert reset(visitor, older).status_code == 422


def test_what_is_asked_for_elsewhere_ends_no_code_of_mine(ana, visitor, app):
    ask_reset(visitor)
    mine = code()
    app.test_client().post("/forgotten", data={"email": ana.email}, environ_base=ELSEWHERE)

    assert reset(visitor, mine).status_code == 303


@pytest.mark.parametrize("script", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"])
def test_a_code_may_be_typed_with_the_digits_of_any_script(ana, visitor, script):
    ask_code(visitor)

    assert type_code(visitor, code().translate(str.maketrans("0123456789", script))).status_code == 303


def test_a_code_ends_with_its_half_hour(ana, visitor):
    ask_reset(visitor)
    proof = db.session.scalar(db.select(MailProof))
    proof.code_expires_at = utcnow() - timedelta(seconds=1)

    assert reset(visitor, code()).status_code == 422


def test_a_code_ends_when_the_address_changes(ana, visitor):
    ask_reset(visitor)
    ana.email = "ana.new@city.example"

    assert reset(visitor, code()).status_code == 422


def test_a_code_is_good_in_the_browser_that_asked_alone(ana, ben, visitor, app):
    ask_reset(visitor)
    thief = app.test_client()

    assert reset(thief, code()).status_code == 422
    ask_reset(thief, ben.email)
    bens = code()
    assert reset(visitor, bens).status_code == 422


def test_a_code_for_signing_in_sets_no_password(ana, visitor):
    ask_code(visitor)

    assert reset(visitor, code()).status_code == 422


def test_five_wrong_codes_end_it(ana, visitor):
    ask_code(visitor)
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert type_code(visitor, wrong).status_code == 422

    assert type_code(visitor, right).status_code == 422
    refused = db.session.scalars(db.select(AuditEntry).filter_by(verb="mail_code_sign_in")).one()
    assert (refused.outcome, refused.facts) == ("refused", {"times": 6})


@pytest.mark.parametrize("ask", [ask_reset, ask_code])
def test_one_address_is_not_flooded(ana, app, ask):
    for _ in range(5):
        assert ask(app.test_client()).status_code == 303

    refused = ask(app.test_client())
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert ask(app.test_client(), "other@city.example").status_code == 303


def test_opening_pages_uses_no_code_up(ana, visitor):
    ask_reset(visitor)
    for path in ("/password/new", "/sign-in/code/confirm", "/forgotten"):
        assert visitor.get(path).status_code == 200

    assert reset(visitor, code()).status_code == 303


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
def test_mails_say_what_happened_and_hold_no_link_that_acts(ana, visitor, locale):
    ana.locale = locale
    ask_reset(visitor)
    letter = compose(mails()[-1])
    assert code() in letter.text and code() in letter.html and "http" not in letter.text.split(code())[0]
    reset(visitor, code())
    for mail in mails()[1:]:
        assert "/settings/sign-in" in compose(mail).text


def test_the_way_out_is_linked_where_one_signs_in_and_needs_no_script(ana, visitor):
    assert 'href="/forgotten"' in visitor.get("/sign-in").text

    page = visitor.get(ask_reset(visitor).location)

    assert page.status_code == 200 and 'name="code"' in page.text and 'name="password"' in page.text
    assert "<script" not in page.text.split("<main")[1].split("</main>")[0]


def test_a_reset_does_not_pass_by_a_suspended_session(ana, visitor):
    ask_reset(visitor)
    reset(visitor, code())
    assert db.session.scalar(db.select(db.func.count()).select_from(SignInSession)) == 1


@pytest.mark.parametrize("ask", [ask_reset, ask_code, lambda browser: browser.post("/join", data=PLACE)])
@pytest.mark.parametrize(
    ("state", "template"),
    [("locked", "suspended"), ("deactivated", None), ("anonymised", None)],
)
def test_who_is_suspended_hears_just_that_and_gets_no_code(ana, visitor, ask, state, template):
    ana.state = state
    known = ask(visitor)
    (mail,) = mails()

    letter = compose(mail)
    told = "suspended" in letter.text and "suspended" in letter.html and "suspended" in letter.subject
    assert told == (template == "suspended") and mail.template == (
        f"members/{template}" if template else mail.template
    )
    assert not mail.facts["code"] and not re.search(r"\b\d{6}\b", letter.text)
    ana.email = "other@city.example"
    unknown = ask(visitor)
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location), (
        "to strangers all is one"
    )

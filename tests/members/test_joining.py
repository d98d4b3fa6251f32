import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from tests.factories import CityFactory, MemberFactory

FORM = {
    "name": "Zoë Müller",
    "email": "zoe@town.example",
    "job_title": "Officer",
    "city_name": "Lyon",
    "password": "a long enough one",
    "again": "a long enough one",
}


@pytest.fixture
def lyon():
    return CityFactory(name="Lyon")


def mails():
    return list(db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)))


def ask(browser, **changes):
    return browser.post("/join", data=FORM | changes)


def confirm(browser, code=None):
    return browser.post("/join/code", data={"code": code or mails()[-1].facts["code"]})


def waiting(browser):
    ask(browser)
    confirm(browser)
    return db.session.scalar(db.select(JoinRequest))


def test_an_official_with_the_code_waits_for_a_decision(lyon, visitor):
    assert ask(visitor).status_code == 303
    assert confirm(visitor).status_code == 200

    asked = db.session.scalar(db.select(JoinRequest))
    assert (asked.state, asked.city) == ("waiting", lyon)
    assert db.session.scalar(db.select(Member).filter_by(email="zoe@town.example")) is None


def test_a_wrong_code_proves_nothing_and_five_of_them_end_it(lyon, visitor):
    ask(visitor)
    right = mails()[-1].facts["code"]
    wrong = f"{(int(right) + 1) % 10**6:06}"

    for _ in range(5):
        assert confirm(visitor, wrong).status_code == 422

    assert confirm(visitor, right).status_code == 422
    assert db.session.scalar(db.select(JoinRequest.state)) == "unconfirmed"


def test_an_address_that_has_an_account_gets_the_same_answer_but_no_code(lyon, visitor, app):
    MemberFactory(email="zoe@town.example")

    known, unknown = ask(visitor), ask(app.test_client(), email="other@town.example")

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [mail.template for mail in mails()] == ["members/known", "members/code"]
    assert mails()[0].facts["code"] == ""
    assert confirm(visitor, "000000").status_code == 422


def test_the_focal_point_gives_a_place_with_one_press(lyon, visitor, sign_in):
    asked = waiting(visitor)
    focal = MemberFactory(city=lyon, role="city_focal_point")

    assert sign_in(focal).post(f"/join-requests/{asked.id}/accept").status_code == 303

    zoe = db.session.scalar(db.select(Member).filter_by(email="zoe@town.example"))
    assert (zoe.city, zoe.state, zoe.handle) == (lyon, "active", "zoe-muller")
    entered = visitor.post("/sign-in", data={"email": zoe.email, "password": FORM["password"]})
    assert entered.status_code == 303


def test_the_focal_point_of_another_city_sees_nothing(lyon, visitor, sign_in):
    asked = waiting(visitor)
    stranger = sign_in(MemberFactory(role="city_focal_point"))

    assert "Zoë" not in stranger.get("/join-requests").text
    assert stranger.post(f"/join-requests/{asked.id}/accept").status_code == 404


def test_a_refusal_needs_a_reason_and_is_mailed(lyon, visitor, sign_in):
    asked = waiting(visitor)
    team = sign_in(MemberFactory(city=None, team_role="coordinator"))

    assert team.post(f"/join-requests/{asked.id}/decline", data={"reason": ""}).status_code == 422
    assert team.post(f"/join-requests/{asked.id}/decline", data={"reason": "Not a city"}).status_code == 303

    assert mails()[-1].template == "members/declined"
    assert asked.state == "declined"


def test_asking_again_and_again_is_limited(lyon, visitor):
    answers = [ask(visitor, email=f"a{n}@town.example").status_code for n in range(12)]

    assert answers.count(429) == 2


def test_a_short_password_is_sent_back(lyon, visitor):
    response = ask(visitor, password="short", again="short")

    assert response.status_code == 422
    assert "Zoë Müller" in response.text


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_code_and_nothing_else_of_the_form_stands_in_the_mail(lyon, visitor, locale):
    visitor.post(
        "/join", data=FORM | {"name": "<b>Zoë</b> http://evil.example"}, query_string={"lang": locale}
    )

    letter = compose(mails()[-1])

    code = mails()[-1].facts["code"]
    assert code in letter.subject and code in letter.text and code in letter.html
    assert "evil" not in letter.text + letter.html
    assert "List-Unsubscribe" not in letter.headers

import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from tests.abuse.forms import form_of
from tests.factories import CityFactory, MemberFactory, SpaceFactory

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
    city = CityFactory(name="Lyon")
    EmailDomain.claim(city, "town.example").verify(None)
    return city


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
    assert visitor.get("/join/waiting").location == "/join"
    assert confirm(visitor).location == "/join/waiting"
    assert "Your address is confirmed" in visitor.get("/join/waiting").text

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


def test_the_address_says_which_city_it_is(lyon, visitor):
    assert ask(visitor, city_name="").status_code == 303
    asked = db.session.scalar(db.select(JoinRequest))

    assert (asked.city, asked.city_name, asked.is_of_domain) == (lyon, "Lyon", True)
    assert ask(visitor, city_name="", email="a@elsewhere.example").status_code == 422


def test_those_who_speak_for_the_city_hear_of_it_and_looking_does_nothing(lyon, visitor, sign_in):
    focal = MemberFactory(city=lyon, role="city_focal_point")
    MemberFactory(city=lyon)
    MemberFactory(city=None, team_role="coordinator")
    asked = waiting(visitor)

    assert [mail.member_id for mail in mails() if mail.template == "members/join_asked"] == [focal.id]
    assert f"/join-requests/{asked.id}" in compose(mails()[-1]).text
    assert "Give a place" in sign_in(focal).get(f"/join-requests/{asked.id}").text
    assert asked.state == "waiting"


@pytest.mark.parametrize("email", ["zoe@mail.example", "zoe@nottown.example"])
def test_an_address_of_another_domain_goes_to_the_coordination_team(lyon, visitor, sign_in, email):
    focal = MemberFactory(city=lyon, role="city_focal_point")
    team = MemberFactory(city=None, team_role="coordinator")
    ask(visitor, email=email)
    confirm(visitor)
    asked = db.session.scalar(db.select(JoinRequest))

    assert {mail.member_id for mail in mails() if mail.template == "members/join_asked"} == {
        focal.id,
        team.id,
    }
    assert sign_in(focal).post(f"/join-requests/{asked.id}/accept").status_code == 403
    assert sign_in(team).post(f"/join-requests/{asked.id}/accept").status_code == 303


def test_an_address_of_a_domain_gives_no_place_by_itself(lyon, visitor):
    waiting(visitor)

    assert db.session.scalar(db.select(Member).filter_by(email="zoe@town.example")) is None


def test_the_focal_point_of_another_city_sees_nothing(lyon, visitor, sign_in):
    asked = waiting(visitor)
    stranger = sign_in(MemberFactory(role="city_focal_point"))

    assert "Zoë" not in stranger.get("/join-requests").text
    assert stranger.post(f"/join-requests/{asked.id}/accept").status_code == 404


def told_to_make_sure(page):
    return "who is a member. Make sure who asks." in page


@pytest.mark.parametrize("name", ["Z0ë Müller", "Zoë  Mü1ler"])
def test_who_decides_reads_that_a_name_looks_like_that_of_a_member(lyon, visitor, sign_in, name):
    known = MemberFactory(name="Zoë Müller")
    ask(visitor, name=name)
    confirm(visitor)
    asked = db.session.scalar(db.select(JoinRequest))
    focal = sign_in(MemberFactory(city=lyon, role="city_focal_point"))
    address = f"/join-requests/{asked.id}"

    page = focal.get(address).text

    assert told_to_make_sure(page) and f'<a href="/members/{known.id}"><bdi>Zoë Müller</bdi></a>' in page
    assert told_to_make_sure(focal.post(f"{address}/decline", data={"reason": ""}).text)
    assert focal.post(f"{address}/accept").location == address and asked.state == "waiting"
    focal.post(f"{address}/accept", data=form_of(page, "/accept"))
    assert asked.state == "accepted" and not told_to_make_sure(focal.get(address).text)


def test_the_same_name_is_told_of_in_the_same_city_alone(lyon, visitor, sign_in):
    MemberFactory(name="Zoë Müller")
    asked = waiting(visitor)
    focal = sign_in(MemberFactory(city=lyon, role="city_focal_point"))
    assert not told_to_make_sure(focal.get(f"/join-requests/{asked.id}").text)

    MemberFactory(name="Zoë Müller", city=lyon)

    assert told_to_make_sure(focal.get(f"/join-requests/{asked.id}").text)


@pytest.mark.parametrize("role", ["admin", "coordinator", "facilitator", "organiser"])
def test_the_same_name_as_somebody_of_the_team_is_told_of_in_every_city(lyon, visitor, sign_in, role):
    MemberFactory(name="ZOË MÜLLER", city=None, team_role=role)
    asked = waiting(visitor)

    page = sign_in(MemberFactory(city=lyon, role="city_focal_point")).get(f"/join-requests/{asked.id}").text

    assert "<bdi>ZOË MÜLLER</bdi></a>, who is of the team. Make sure" in page


def test_whoever_asks_for_a_place_is_told_nothing_about_names(lyon, app):
    answers = [ask(app.test_client(), email="a@town.example")]
    MemberFactory(name=FORM["name"], city=lyon)
    MemberFactory(name="Z0ë Müller", city=None, team_role="admin")
    answers.append(ask(app.test_client(), email="b@town.example"))

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location and answers[0].text == answers[1].text


def test_of_a_chosen_name_nothing_is_said_to_who_decides(lyon, visitor, sign_in):
    space = SpaceFactory(confidentiality="members", allows_chosen_names=True)
    space.admit(MemberFactory()).chosen_name = "Zoë Müller"
    asked = waiting(visitor)

    focal = sign_in(MemberFactory(city=lyon, role="city_focal_point"))

    assert not told_to_make_sure(focal.get(f"/join-requests/{asked.id}").text)


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

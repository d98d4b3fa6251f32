"""Signing in through the city: who is let in, and all that is refused (abuse case 19)."""

import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.identity.discovery import discovered
from cityexchange.identity.models import Identity, IdentityProvider
from cityexchange.members.factors import Authenticator
from cityexchange.members.imitation import fault_of, imitates
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member
from tests.factories import CityFactory, MemberFactory
from tests.identity.provider import CLIENT, MadeUpProvider
from tests.identity.steps import come_home, go, refused, sessions_of, sign_in


def test_whoever_the_city_confirms_is_in(provider, there, claire, visitor):
    back = go(visitor, there, next="/workshops")
    page = visitor.get("/sign-in/city/lyon/return", query_string=back)
    assert (
        page.status_code == 200 and sessions_of(claire) == 0 and "no-store" in page.headers["Cache-Control"]
    )
    assert there.asked == [
        "/.well-known/openid-configuration"
    ]  # what is opened asks nobody and changes nothing

    answer = come_home(visitor, back)

    assert answer.status_code == 303 and answer.location == "/workshops" and sessions_of(claire) == 1
    assert "Claire" in visitor.get("/settings").text
    assert there.form["code_verifier"] and there.authorization.startswith("Basic ")
    assert db.session.scalar(db.select(Identity.subject)) == "1"


def test_the_account_counts_and_not_the_address_once_it_is_known(provider, there, claire, app):
    sign_in(app.test_client(), there)
    claire.email = "claire.dupont@lyon.example"
    db.session.commit()
    assert sign_in(app.test_client(), there, claims={"email": "other@lyon.example"}).status_code == 303
    assert sessions_of(claire) == 2


def test_a_way_back_that_this_browser_was_not_sent_on_is_refused(provider, there, claire, app):
    victim, attacker = app.test_client(), app.test_client()
    theirs = go(attacker, there)
    refused(come_home(victim, theirs), claire)  # no question at all
    mine = go(victim, there)
    refused(come_home(victim, theirs), claire)
    refused(come_home(victim, mine), claire)  # the question is asked once: a wrong answer ends it
    mine = go(victim, there)
    refused(come_home(victim, mine | {"state": ""}), claire)


def test_a_code_is_good_once(provider, there, claire, app):
    browser = app.test_client()
    back = go(browser, there)
    assert come_home(browser, back).status_code == 303
    again = app.test_client()
    go(again, there)
    with again.session_transaction() as kept:
        kept["identity"]["state"] = back["state"]
        kept.modified = True
    refused(come_home(again, back), claire, sessions=1)


def test_another_issuer_that_answers_is_refused(provider, there, claire, visitor):
    refused(come_home(visitor, go(visitor, there) | {"iss": "https://evil.example"}), claire)
    provider.facts = provider.facts | {"says_issuer": True}
    db.session.commit()
    refused(come_home(visitor, go(visitor, there)), claire)
    assert come_home(visitor, go(visitor, there) | {"iss": there.issuer}).status_code == 303


def test_two_issuers_with_the_same_number_are_two_people(provider, there, claire, app):
    sign_in(app.test_client(), there)
    sfax = CityFactory(slug="sfax", name="Sfax")
    EmailDomain.claim(sfax, "sfax.example").verify(None)
    nour = MemberFactory(city=sfax, email="nour@sfax.example")
    elsewhere = MadeUpProvider()
    db.session.commit()
    facts = discovered(elsewhere.issuer)
    other = IdentityProvider(city=sfax, issuer="", client_id="", is_offered=True)
    db.session.add(other)
    other.point_to(elsewhere.issuer, CLIENT, "")
    other.note_facts(facts)
    db.session.commit()

    browser = app.test_client()
    answer = come_home(browser, go(browser, elsewhere, "sfax", {"email": "nour@sfax.example"}), "sfax")
    assert answer.status_code == 303 and (sessions_of(nour), sessions_of(claire)) == (1, 1)
    # A question for one city does not open the other.
    refused(come_home(browser, go(browser, there), "sfax"), claire, sessions=1)
    # Nor does this city's provider speak for people of the other, whatever it says.
    refused(
        sign_in(app.test_client(), there, claims={"email": "nour@sfax.example", "sub": "2"}), nour, sessions=1
    )
    elsewhere.close()


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email_verified": 1},
        {"email": None}, {"email": ""}, {"email": ["claire@lyon.example"]}, {"email": "Claire@lyon.example"},
        {"email": "claire@lyon.example.evil.example"}, {"email": "claire@elsewhere.example"},
    ],
    ids=str,
)  # fmt: skip
def test_an_address_that_is_not_confirmed_is_nobodys(provider, there, claire, visitor, claims):
    refused(sign_in(visitor, there, claims=claims), claire)
    assert not db.session.scalar(db.select(JoinRequest.id))


@pytest.mark.parametrize(
    ("told", "is_hers"),
    [
        ("claire@faß.example", True),
        ("claire@FAẞ.example.", True),
        ("claire@xn--fa-hia.example", True),
        ("claire@ｆａß．example", True),
        ("claire@fass.example", False),
        ("ｃlaire@faß.example", False),
        ("Claire@faß.example", False),
    ],
)
def test_an_address_counts_in_its_one_form_and_its_name_to_the_letter(
    provider, there, claire, lyon, visitor, told, is_hers
):
    EmailDomain.claim(lyon, "faß.example").verify(None)
    claire.email = "claire@faß.example"
    db.session.commit()

    answer = sign_in(visitor, there, claims={"email": told})

    if not is_hers:
        return refused(answer, claire)
    assert answer.status_code == 303 and sessions_of(claire) == 1


@pytest.mark.parametrize("role", ["coordinator", "admin", "facilitator", "organiser"])
@pytest.mark.parametrize("address", ["boss@lyon.example", "Boss@lyon.example", "BOSS@LYON.example"])
def test_no_provider_speaks_for_the_team(provider, there, lyon, visitor, role, address):
    boss = MemberFactory(city=lyon, email="boss@lyon.example", team_role=role)
    db.session.commit()
    refused(sign_in(visitor, there, claims={"email": address}), boss)


def test_a_known_account_that_joins_the_team_is_let_in_here_only(provider, there, claire, app):
    sign_in(app.test_client(), there)
    claire.team_role = "coordinator"
    db.session.commit()
    refused(sign_in(app.test_client(), there), claire, sessions=1)


def test_a_second_account_does_not_take_the_address_of_the_first(provider, there, claire, app):
    sign_in(app.test_client(), there)
    refused(sign_in(app.test_client(), there, claims={"sub": "2"}), claire, sessions=1)


def test_who_left_the_city_or_is_suspended_is_not_let_in(provider, there, claire, app):
    sign_in(app.test_client(), there)
    claire.suspend()
    db.session.commit()
    refused(sign_in(app.test_client(), there), claire)
    claire.reinstate()
    claire.seat.end()
    db.session.commit()
    db.session.expire(claire)
    refused(sign_in(app.test_client(), there), claire)


def test_a_city_that_does_not_offer_it_or_takes_no_part_has_no_door(provider, there, lyon, visitor):
    assert "Lyon" in visitor.get("/sign-in/city").text
    assert "/sign-in/city" in visitor.get("/sign-in").text
    for change in (
        lambda: setattr(lyon, "state", "suspended"),
        lambda: setattr(provider, "is_offered", False),
    ):
        lyon.state, provider.is_offered = "active", True
        change()
        db.session.commit()
        assert visitor.get("/sign-in/city/lyon").status_code == 404
        assert visitor.post("/sign-in/city/lyon/return", data={"code": "c", "state": "s"}).status_code == 404
        assert "Lyon" not in visitor.get("/sign-in/city").text
        assert "/sign-in/city" not in visitor.get("/sign-in").text


def test_the_provider_may_say_no(provider, there, visitor):
    answer = visitor.get("/sign-in/city/lyon/return?error=access_denied&error_description=%3Cscript%3E")
    assert (
        answer.status_code == 422
        and "did not confirm" in answer.text
        and "script>" not in answer.text.split("<main")[1].split("</main")[0]
    )


def test_nobody_is_led_elsewhere_afterwards(provider, there, claire, visitor):
    assert sign_in(visitor, there, next="https://evil.example/").location == "/"


def test_with_a_second_proof_of_ones_own_it_is_asked_for(provider, there, claire, visitor):
    Authenticator.begin(claire).confirmed_at = utcnow()
    db.session.commit()
    assert sign_in(visitor, there).location == "/sign-in/second" and sessions_of(claire) == 0


def test_a_newcomer_asks_the_city_once(provider, there, claire, app, mails):
    claims = {"sub": "9", "email": "New@Lyon.example", "name": "Zoë  Martin"}
    for _ in range(2):
        browser = app.test_client()
        answer = sign_in(browser, there, claims=claims)
        assert answer.location == "/sign-in/city/lyon/asked"
        assert "focal point of Lyon" in browser.get(answer.location).text
    asked = db.session.scalars(db.select(JoinRequest)).one()
    assert (asked.name, asked.email, asked.state, asked.is_of_domain) == (
        "Zoë Martin",
        "new@lyon.example",
        "waiting",
        True,
    )
    assert [mail.member_id for mail in mails()] == [claire.id] and "sign-in of the city" in compose(
        mails()[0]
    ).text

    app.test_client().sign_in(claire).post(f"/join-requests/{asked.id}/accept")
    member = db.session.scalar(db.select(Member).filter_by(email="new@lyon.example"))
    assert "through your city" in compose(mails()[-1]).text
    assert sign_in(app.test_client(), there, claims=claims | {"email": "new@lyon.example"}).status_code == 303
    assert sessions_of(member) == 1


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("council", "elected_member"),
        (["x", "staff"], "member"),
        (["guests"], None),
        ({"a": 1}, None),
        (7, None),
    ],
)
def test_a_role_of_the_provider_gives_a_seat_and_no_more(provider, there, lyon, visitor, said, role):
    provider.role_claim, provider.role_values = "groups", {"council": "elected_member", "staff": "member"}
    db.session.commit()
    answer = sign_in(visitor, there, claims={"sub": "9", "email": "new@lyon.example", "groups": said})
    member = db.session.scalar(db.select(Member).filter_by(email="new@lyon.example"))
    assert (member and member.seat.role) == role
    assert answer.location == ("/" if role else "/sign-in/city/lyon/asked")


def test_the_role_follows_the_provider_but_whoever_speaks_for_the_city_stays(
    provider, there, lyon, claire, app
):
    provider.role_claim, provider.role_values = "groups", {"council": "elected_member", "staff": "member"}
    official = MemberFactory(city=lyon, email="omar@lyon.example")
    db.session.commit()
    sign_in(
        app.test_client(), there, claims={"sub": "3", "email": "omar@lyon.example", "groups": ["council"]}
    )
    sign_in(app.test_client(), there, claims={"groups": ["staff"]})
    db.session.expire_all()
    assert official.seat.role == "elected_member" and claire.seat.role == "city_focal_point"


@pytest.mark.parametrize("name", ["Сlaire", "Cla\u202eire", "", None, ["x"], "C" * 500])
def test_a_name_that_could_be_taken_for_anothers_is_not_taken_over(provider, there, claire, visitor, name):
    sign_in(visitor, there, claims={"sub": "9", "email": "new@lyon.example", "name": name})
    assert db.session.scalar(db.select(JoinRequest.name)) in ("new", "C" * 120)


@pytest.mark.parametrize("local", ["admin", "the-team", "support", "007", "c1aire", "claire.martin", "x"])
def test_nor_is_an_address_that_could_be(provider, there, claire, visitor, local):
    MemberFactory(name="C1aire Martin")
    db.session.commit()
    sign_in(visitor, there, claims={"sub": "9", "email": f"{local}@lyon.example", "name": "The team"})
    name = db.session.scalar(db.select(JoinRequest.name))
    assert fault_of(name) is None and not imitates(name, None)
    assert name == (local if local == "x" else "New in Lyon")


def test_tries_are_limited(provider, there, visitor):
    for _ in range(30):
        visitor.post("/sign-in/city/lyon/return", data={"code": "c", "state": "s"})
    answer = visitor.post("/sign-in/city/lyon/return", data={"code": "c", "state": "s"})
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0

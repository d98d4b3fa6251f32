"""A city sets up its own sign-in, and may ask its people to use no other."""

from types import SimpleNamespace

import pytest
from flask_security.utils import hash_password

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.identity import discovery
from cityexchange.identity.models import Identity, IdentityProvider
from cityexchange.members.models import Member
from cityexchange.members.views import second_step
from cityexchange.membership.offers import PlaceOffer
from tests.factories import MemberFactory
from tests.identity.provider import CLIENT
from tests.identity.steps import sessions_of
from tests.identity.steps import sign_in as sign_in_there

PAGE = "/cities/lyon/sign-in"


def save(browser, there, **changes):
    form = {"issuer": there.issuer, "client_id": CLIENT, "secret": "a secret", "is_offered": "y"} | changes
    return browser.post(PAGE, data=form)


def test_it_is_set_up_on_one_page_and_its_secret_is_never_shown(there, lyon, claire, sign_in, mails):
    browser = sign_in(claire)
    page = browser.get(PAGE).text
    assert "/sign-in/city/lyon/return" in page and "lyon.example" in page
    assert "Set it up" in browser.get("/cities/lyon/desk").text

    answer = save(
        browser, there, role_claim="groups", member_values="staff, clerks", elected_member_values="council"
    )

    provider = db.session.scalars(db.select(IdentityProvider)).one()
    assert (
        answer.status_code == 303
        and provider.secret == "a secret"
        and "a secret" not in provider.sealed_secret
    )
    assert provider.role_values == {"staff": "member", "clerks": "member", "council": "elected_member"}
    assert provider.facts["algorithms"] == ["RS256", "ES256"]  # the provider offers none and HS256 too
    page = browser.get(PAGE).text
    assert (
        "a secret" not in page
        and "staff, clerks" in page
        and there.issuer in browser.get("/cities/lyon/desk").text
    )
    assert "Claire" in compose(mails()[-1]).text and mails()[-1].template == "identity/changed"
    assert db.session.scalar(
        db.select(AuditEntry.id).filter_by(verb="set_identity_provider", actor_id=claire.id)
    )

    save(browser, there, secret="")
    assert provider.secret == "a secret"


@pytest.mark.parametrize("role", ["member", "elected_member"])
def test_only_who_speaks_for_the_city_and_the_team_set_it_up(there, lyon, claire, sign_in, role):
    for stranger in (MemberFactory(city=lyon, role=role), MemberFactory(role="city_focal_point")):
        browser = sign_in(stranger)
        assert browser.get(PAGE).status_code == 403
        assert save(browser, there).status_code == 403
        assert browser.post(f"{PAGE}/remove").status_code == 403
    assert there.asked == [] and not db.session.scalar(db.select(IdentityProvider.id))
    assert save(sign_in(MemberFactory(city=None, team_role="coordinator")), there).status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": "ftp://x.example"}, "Begin with https://"),
        ({"issuer": ""}, "This field is required"),
        ({"issuer": "https://nobody.invalid"}, "gave no answer"),
        ({"client_id": ""}, "This field is required"),
        ({"member_values": "staff"}, "Name the claim"),
        ({"is_required": "y"}, "so that nobody is locked out"),
    ],
    ids=str,
)
def test_what_does_not_work_is_said_and_what_was_typed_is_kept(there, lyon, claire, sign_in, changes, words):
    answer = save(sign_in(claire), there, **{"role_claim": "", **changes})
    assert answer.status_code == 422 and words in answer.text
    assert "a secret" not in answer.text and not db.session.scalar(db.select(IdentityProvider.id))
    assert (changes.get("client_id", CLIENT) or 'name="client_id"') in answer.text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"issuer": "https://other.example"}, "another name"),
        ({"token_endpoint": None}, "no OpenID Connect provider"),
        ({"jwks_uri": "file:///etc/passwd"}, "no OpenID Connect provider"),
    ],
    ids=str,
)
def test_a_provider_that_is_none_is_said(there, lyon, claire, sign_in, facts, words):
    there.facts = facts
    answer = save(sign_in(claire), there)
    assert answer.status_code == 422 and words in answer.text


def test_without_a_verified_domain_it_is_not_offered(there, lyon, claire, sign_in):
    db.session.execute(db.text("DELETE FROM email_domains"))
    answer = save(sign_in(claire), there)
    assert answer.status_code == 422 and "verifies an e-mail domain" in answer.text
    assert not db.session.scalar(db.select(IdentityProvider.id))


def test_another_issuer_knows_nobody_of_the_first(provider, there, claire, app, sign_in, monkeypatch):
    sign_in_there(app.test_client(), there)
    provider.is_required = True
    db.session.commit()
    browser = sign_in(claire)
    assert save(browser, there, client_id="another").status_code == 303
    db.session.expire_all()
    assert not db.session.scalar(db.select(Identity.id))
    assert (provider.proven_at, provider.is_required) == (None, False)


@pytest.fixture
def required(provider, claire):
    provider.is_required, provider.proven_at = True, utcnow()
    db.session.commit()
    return provider


def test_once_it_is_required_no_door_of_ours_opens(required, there, lyon, claire, app, mails):
    claire.password = hash_password("a long password")
    db.session.commit()
    browser = app.test_client()
    assert (
        browser.post("/sign-in", data={"email": claire.email, "password": "a long password"}).status_code
        == 422
    )
    for door in ("/sign-in/code", "/forgotten"):
        browser.post(door, data={"email": claire.email})
        letter = mails()[-1]
        assert letter.template == "members/other_door" and not letter.facts["code"]
        assert "/sign-in/city/lyon" in compose(letter).text
    assert sessions_of(claire) == 0
    assert sign_in_there(browser, there).status_code == 303 and sessions_of(claire) == 1


def test_codes_that_were_sent_before_open_nothing_after(provider, there, claire, app, mails):
    browser = app.test_client()
    browser.post("/sign-in/code", data={"email": claire.email})
    code = mails()[-1].facts["code"]
    provider.is_required = True
    db.session.commit()
    assert browser.post("/sign-in/code/confirm", data={"code": code}).status_code == 422
    assert sessions_of(claire) == 0


def test_a_place_that_is_taken_leads_to_the_citys_door(required, lyon, claire, app, mails):
    facts = {
        "role": "member",
        "name": "Zoë",
        "email": "zoe@lyon.example",
        "job_title": "Officer",
        "locale": "en",
        "note": "",
    }
    offer = PlaceOffer.make(lyon, claire, **facts)
    db.session.commit()
    browser = app.test_client()
    browser.post(f"/place-offers/{offer.id}/code")
    answer = browser.post(f"/place-offers/{offer.id}/confirm", data={"code": mails()[-1].facts["code"]})
    assert answer.location.endswith("/sign-in/city/lyon") and browser.get("/settings").status_code == 302


def test_a_passkey_leads_to_the_citys_door(required, claire, app, monkeypatch):
    id = claire.id
    monkeypatch.setattr(
        second_step.passkeys, "owner", lambda _answer: SimpleNamespace(member=db.session.get(Member, id))
    )
    browser = app.test_client()
    assert browser.post("/sign-in/passkey", data={"answer": "x"}).location.endswith("/sign-in/city/lyon")
    assert sessions_of(claire) == 0


def test_the_team_and_other_cities_sign_in_as_before(required, lyon, app, mails):
    for member in (MemberFactory(city=lyon, team_role="admin"), MemberFactory()):
        db.session.commit()
        app.test_client().post("/sign-in/code", data={"email": member.email})
        assert mails()[-1].template == "members/typed_code"


def test_turning_the_key_signs_all_others_of_the_city_out(provider, there, lyon, claire, sign_in):
    colleague, boss, stranger = (
        MemberFactory(city=lyon),
        MemberFactory(city=lyon, team_role="admin"),
        MemberFactory(),
    )
    for member in (colleague, boss, stranger):
        sign_in(member)
    provider.proven_at = utcnow()
    db.session.commit()
    assert save(sign_in(claire), there, is_required="y").status_code == 303
    assert [sessions_of(member) for member in (colleague, boss, stranger, claire)] == [0, 1, 1, 1]


def test_removed_it_locks_nobody_out(required, there, claire, sign_in, app, mails):
    browser = sign_in(claire)
    assert "Remove" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/remove").status_code == 303
    assert not db.session.scalar(db.select(IdentityProvider.id))
    app.test_client().post("/sign-in/code", data={"email": claire.email})
    assert mails()[-1].template == "members/typed_code"


def test_endpoints_that_moved_are_read_again(provider, there):
    provider.read_at = utcnow() - 2 * discovery.STALE
    db.session.commit()
    there.facts = {"token_endpoint": there.issuer + "/moved"}
    discovery.read_again()
    db.session.commit()
    assert provider.facts["token_endpoint"].endswith("/moved")

    provider.read_at = utcnow() - 2 * discovery.STALE
    db.session.commit()
    there.facts = {"issuer": "https://other.example"}
    discovery.read_again()
    assert provider.facts["token_endpoint"].endswith("/moved")

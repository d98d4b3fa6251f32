"""A city applies, is verified, and takes part once its two people have come."""

import pytest

from cityexchange.cities.domains import EmailDomain, city_of_address
from cityexchange.cities.models import City
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail.letters import compose
from cityexchange.members.models import Member
from cityexchange.membership.activation import missing
from cityexchange.membership.models import CharterAcceptance, CityApplication
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import CITY_FORM as FORM

DECISION = {"reason": "Called the town hall.", "has_domain": "y"}


def apply(browser, **changes):
    return browser.post("/cities/apply", data=FORM | changes)


def confirm(browser, code):
    return browser.post("/cities/apply/code", data={"code": code})


def applied(browser, mails):
    apply(browser)
    confirm(browser, mails()[-1].facts["code"])
    return db.session.scalar(db.select(CityApplication))


def city():
    return db.session.scalar(db.select(City).filter_by(name="Port Amel"))


def sign_in_by_code(browser, email, mails):
    browser.post("/sign-in/code", data={"email": email})
    return browser.post("/sign-in/code/confirm", data={"code": mails()[-1].facts["code"]})


def test_until_the_address_is_proven_nobody_sees_the_city(visitor, mails):
    assert apply(visitor).status_code == 303
    assert city().state == "draft" and visitor.get(f"/cities/{city().slug}").status_code in (302, 404)

    done = confirm(visitor, mails()[-1].facts["code"])
    assert done.status_code == 303 and "Your city has applied" in visitor.get(done.location).text

    assert city().state == "draft"  # described by hand: nobody has looked at it yet
    assert "Port Amel" not in visitor.get("/cities").text
    assert visitor.get("/cities/apply/code").status_code == 200


def test_the_team_hears_of_it_at_once_and_not_before(visitor, coordinator, mails):
    apply(visitor)
    assert [mail.template for mail in mails()] == ["members/typed_code"]

    confirm(visitor, mails()[-1].facts["code"])

    letter = compose(mails()[-1])
    assert mails()[-1].member_id == coordinator.id
    assert (
        "Port Amel" in letter.subject and "applies to take part" in letter.text and "applies" in letter.html
    )


def test_a_city_of_the_register_stands_in_the_directory_once_the_address_is_proven(visitor, mails):
    apply(visitor, own_name="", geonameid="2660646")
    assert visitor.get("/cities/geneva").status_code in (302, 404)

    page = visitor.get(confirm(visitor, mails()[-1].facts["code"]).location)

    assert 'href="/cities/geneva"' in page.text
    assert "The accepted charter" in visitor.get("/cities/geneva").text


def test_a_town_described_twice_is_one_town(app, mails):
    apply(app.test_client())
    apply(app.test_client(), own_name="PORT amel", email="other@portamel.example")
    assert db.session.scalar(db.select(db.func.count()).select_from(City)) == 1
    apply(app.test_client(), own_country="DZ", email="third@portamel.example")
    assert db.session.scalar(db.select(db.func.count()).select_from(City)) == 2


def test_nobody_is_shown_the_end_of_an_application_that_was_not_theirs(app, visitor, mails):
    applied(visitor, mails)
    assert app.test_client().get("/cities/apply/waiting").location.endswith("/cities/apply")


def test_a_wrong_code_proves_nothing_and_five_end_it(visitor, mails):
    apply(visitor)
    right = mails()[-1].facts["code"]
    for _ in range(5):
        assert confirm(visitor, f"{(int(right) + 1) % 10**6:06}").status_code == 422

    assert confirm(visitor, right).status_code == 422 and city().state == "draft"


def test_from_the_application_to_taking_part(visitor, app, sign_in, coordinator, mails):
    application = applied(visitor, mails)
    desk = sign_in(coordinator)
    assert "Port Amel" in desk.get("/desk").text
    page = desk.get(f"/city-applications/{application.id}").text
    assert "sami@portamel.example" in page and "portamel.example" in page

    assert desk.post(f"/city-applications/{application.id}/accept", data=DECISION).status_code == 303

    amel = city()
    assert (amel.state, missing(amel)) == ("verified", ["deputy"])
    assert amel.kind_primary == "transit" and amel.working_languages == ["ar", "fr"]
    assert city_of_address("x@portamel.example") == amel
    accepted = db.session.scalar(db.select(CharterAcceptance))
    assert (accepted.version, accepted.accepted_by) == (application.charter, "The mayor")
    assert {mail.member.email for mail in mails() if mail.template == "membership/accepted"} == {
        "hela@portamel.example",
        "sami@portamel.example",
    }

    deputy = app.test_client()
    assert sign_in_by_code(deputy, "sami@portamel.example", mails).status_code == 303

    assert (city().state, missing(city())) == ("active", [])
    assert [mail.template for mail in mails()].count("membership/activated") == 2
    assert "desk of Port Amel" in deputy.get(f"/cities/{amel.slug}/desk").text


def test_without_a_domain_the_decision_alone_verifies(visitor, sign_in, coordinator, mails):
    application = applied(visitor, mails)
    sign_in(coordinator).post(
        f"/city-applications/{application.id}/accept", data={"reason": "Letter of the mayor."}
    )

    assert "verification" not in missing(city())
    assert city_of_address("x@portamel.example") is None


def test_a_domain_of_another_city_is_refused_and_nothing_is_done(visitor, sign_in, coordinator, mails):
    EmailDomain.claim(CityFactory(), "portamel.example").verify(None)
    application = applied(visitor, mails)

    answer = sign_in(coordinator).post(f"/city-applications/{application.id}/accept", data=DECISION)

    assert answer.status_code == 422 and "Called the town hall." in answer.text
    assert city().state == "draft" and not db.session.scalar(db.select(Member).filter_by(name="Hela Mansour"))


def test_declining_needs_a_reason_and_mails_it(visitor, sign_in, coordinator, mails):
    application = applied(visitor, mails)
    browser = sign_in(coordinator)
    assert (
        browser.post(f"/city-applications/{application.id}/decline", data={"reason": ""}).status_code == 422
    )

    browser.post(f"/city-applications/{application.id}/decline", data={"reason": "Not a local authority."})

    assert "Not a local authority." in compose(mails()[-1]).text
    again = browser.post(f"/city-applications/{application.id}/accept", data=DECISION)
    assert again.status_code == 403 and city().state == "draft"


@pytest.mark.parametrize(("stays", "values"), [(False, {}), (True, {"is_illustrative": True})])
def test_a_declined_city_leaves_the_directory(visitor, sign_in, coordinator, mails, stays, values):
    known = CityFactory(name="Geneva", geonameid=2660646, state="applied", **values)
    for _ in range(2):
        apply(visitor, own_name="", geonameid="2660646")
        confirm(visitor, mails()[-1].facts["code"])
    desk, states = sign_in(coordinator), []
    for id in db.session.scalars(db.select(CityApplication.id)).all():
        desk.post(f"/city-applications/{id}/decline", data={"reason": "Twice."})
        states.append(known.state)
    assert states == ["applied", "applied" if stays else "draft"]


def test_a_part_of_another_citys_domain_is_said_to_who_decides(visitor, sign_in, coordinator, mails):
    EmailDomain.claim(CityFactory(name="Tunis"), "portamel.example").verify(None)
    apply(visitor, domain="social.portamel.example")
    confirm(visitor, mails()[-1].facts["code"])
    id = db.session.scalar(db.select(CityApplication.id))
    page = sign_in(coordinator).get(f"/city-applications/{id}").text
    assert "social.portamel.example is part of the domain of Tunis" in page


@pytest.mark.parametrize("step", ["accept", "decline"])
def test_only_the_coordination_team_decides_and_reads(visitor, sign_in, mails, step):
    application = applied(visitor, mails)
    for member in (MemberFactory(role="city_focal_point"), MemberFactory(city=None, team_role="facilitator")):
        browser = sign_in(member)
        assert browser.get(f"/city-applications/{application.id}").status_code == 404
        assert browser.post(f"/city-applications/{application.id}/{step}", data=DECISION).status_code == 404
        assert browser.get("/desk").status_code == 403
    assert city().state == "draft"
    assert db.session.scalar(db.select(AuditEntry.id).where(AuditEntry.status == 404))


def test_a_city_that_takes_part_cannot_be_applied_for(visitor, mails):
    known = CityFactory(name="Geneva", geonameid=2660646)
    answer = apply(visitor, own_name="", geonameid="2660646")

    assert answer.status_code == 422 and "/join" in answer.text and not mails()
    assert known.state == "active"


def test_an_applicant_who_stands_in_the_directory_is_completed_and_not_doubled(visitor, mails):
    known = CityFactory(name="Geneva", geonameid=2660646, state="applied")
    assert apply(visitor, own_name="", geonameid="2660646").status_code == 303

    assert db.session.scalar(db.select(CityApplication.city_id)) == known.id


@pytest.mark.parametrize(
    "changes",
    [
        {"deputy_email": "hela@portamel.example"},
        {"domain": "gmail.com"},
        {"accepts_charter": ""},
        {"own_name": ""},
        {"kind": "best"},
        {"email": "nobody"},
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(visitor, mails, changes):
    form = {name: value for name, value in (FORM | changes).items() if value}
    answer = visitor.post("/cities/apply", data=form)

    assert answer.status_code == 422 and "Head of social affairs" in answer.text and not mails()


def test_what_the_form_does_not_offer_is_not_taken(visitor, mails):
    apply(visitor, state="active", slug="evil", team_role="admin", charter="99", kind_primary="traditional")
    application = db.session.scalar(db.select(CityApplication))

    assert (application.state, application.charter, city().slug, city().state) == (
        "unconfirmed",
        1,
        "port-amel",
        "draft",
    )


def test_somebody_with_an_account_keeps_it(visitor, sign_in, coordinator, mails):
    hela = MemberFactory(email="hela@portamel.example", name="Hela M.", city=None)
    application = applied(visitor, mails)
    sign_in(coordinator).post(f"/city-applications/{application.id}/accept", data=DECISION)

    running = [seat for seat in hela.seats if seat.until is None]
    assert [(seat.city_id, seat.role) for seat in running] == [(city().id, "city_focal_point")]
    assert hela.name == "Hela M."


def test_applying_again_and_again_is_limited(visitor, mails):
    for number in range(5):
        assert apply(visitor, own_name=f"Town {number}").status_code == 303

    refused = apply(visitor, own_name="Another")
    assert refused.status_code == 429 and refused.headers["Retry-After"]


@pytest.mark.parametrize("locale", ["ar", "en", "es", "fr", "ru", "zh"])
def test_mails_are_in_the_readers_language(visitor, sign_in, coordinator, mails, locale):
    visitor.get(f"/?lang={locale}")
    application = applied(visitor, mails)
    sign_in(coordinator).post(f"/city-applications/{application.id}/accept", data=DECISION)

    assert application.locale == locale
    assert all(
        "Port Amel" in compose(mail).text for mail in mails() if mail.template == "membership/accepted"
    )


def test_nobody_is_moved_out_of_another_city_by_being_named(visitor, sign_in, coordinator, mails):
    focal = MemberFactory(email="sami@portamel.example", role="city_focal_point")
    application = applied(visitor, mails)

    answer = sign_in(coordinator).post(f"/city-applications/{application.id}/accept", data=DECISION)

    assert answer.status_code == 422 and "has a place already" in answer.text
    assert focal.seat.until is None and city().state == "draft"


def test_a_second_application_is_not_accepted_once_the_city_takes_part(visitor, sign_in, coordinator, mails):
    application = applied(visitor, mails)
    application.city.state = "active"

    assert (
        sign_in(coordinator).post(f"/city-applications/{application.id}/accept", data=DECISION).status_code
        == 403
    )

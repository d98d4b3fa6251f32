"""Seats: somebody always speaks for a city; places are offered, taken with a code, handed over."""

import re
from datetime import timedelta

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.members.models import Member
from cityexchange.members.seats import LastFocalPoint, change_seat, end_seat
from cityexchange.membership import clock
from tests.factories import MemberFactory, OrganisationFactory
from tests.membership.steps import PERSON, confirm, offer_of, seats_of, take


def edit(browser, seat, **changes):
    return browser.post(f"/seats/{seat.id}", data={"role": seat.role} | changes)


def test_the_last_focal_point_stays_by_every_door(lyon, ana, ben, sign_in, coordinator):
    seat = ana.seat
    for browser in (sign_in(ben), sign_in(coordinator)):
        refused = browser.post(f"/seats/{seat.id}/end")
        assert refused.status_code == 409 and "Hand the place over" in refused.text
        assert edit(browser, seat, role="member").status_code == 409
        assert edit(browser, seat, until=str(utcnow().date() + timedelta(days=9))).status_code == 409
    for act in (lambda: end_seat(seat), lambda: change_seat(seat, "member", None, False)):
        with pytest.raises(LastFocalPoint):
            act()
    assert seats_of(ana) == [("city_focal_point", True)]

    MemberFactory(city=lyon, role="city_focal_point", state="locked")
    assert sign_in(ben).post(f"/seats/{seat.id}/end").status_code == 409
    MemberFactory(city=lyon, role="city_focal_point")
    assert sign_in(ben).post(f"/seats/{seat.id}/end").status_code == 303
    assert seats_of(ana) == [("city_focal_point", False)]


def test_the_city_looks_after_its_people(lyon, ana, sign_in):
    official = MemberFactory(city=lyon)
    browser = sign_in(ana)
    assert edit(browser, official.seat, role="city_deputy", speaks_officially="y").status_code == 303
    assert (official.seat.role, official.seat.speaks_officially) == ("city_deputy", True)
    page = browser.get("/cities/lyon/desk").text
    assert official.name in page and "Speaks officially" in page

    seat = official.seat
    assert browser.post(f"/seats/{seat.id}/end").status_code == 303
    assert seats_of(official) == [("city_deputy", False)]
    assert db.session.scalar(db.select(AuditEntry.actor_id).filter_by(verb="end_seat")) == ana.id


def test_an_old_page_brings_no_seat_back(lyon, ana, ben, sign_in):
    official = MemberFactory(city=lyon)
    seat, browser = official.seat, sign_in(ana)
    browser.post(f"/seats/{seat.id}/end")

    for answer in (edit(browser, seat, until=""), browser.post(f"/seats/{seat.id}/end")):
        assert answer.status_code == 403 and "This place has ended meanwhile" in answer.text
        assert 'href="/cities/lyon/desk"' in answer.text
    assert seats_of(official) == [("member", False)] and not official.is_official
    stranger = sign_in(MemberFactory())
    assert "has ended meanwhile" not in edit(stranger, seat).text


def test_a_day_that_has_passed_is_none_to_end_on(lyon, ana, sign_in):
    seat = MemberFactory(city=lyon).seat
    gone = str(utcnow().date() - timedelta(days=1))
    answer = edit(sign_in(ana), seat, until=gone, role="city_deputy")

    assert answer.status_code == 422 and "This day has passed" in answer.text
    assert f'value="{gone}"' in answer.text and '<option selected value="city_deputy"' in answer.text
    assert (seat.until, seat.role) == (None, "member")


@pytest.mark.parametrize("role", ["city_focal_point", "expert", "admin", ""])
def test_nobody_is_made_more_than_a_city_may_give(lyon, ana, sign_in, role):
    official = MemberFactory(city=lyon)
    edit(
        sign_in(ana),
        official.seat,
        role=role,
        team_role="admin",
        city_id="1",
        category="un_staff",
        since="2020-01-01",
    )

    assert (official.seat.role, official.team_role, official.seat.category) == (
        "member",
        None,
        "local_authority",
    )


def test_another_citys_people_are_not_mine(lyon, ana, sign_in):
    other = MemberFactory(role="city_deputy")
    browser = sign_in(ana)
    assert edit(browser, other.seat, role="member").status_code == 403
    assert browser.post(f"/seats/{other.seat.id}/end").status_code == 403
    assert browser.get(f"/seats/{other.seat.id}/hand-over").status_code == 403
    assert browser.post(f"/seats/{other.seat.id}/hand-over", data=PERSON).status_code == 403
    assert browser.get(f"/cities/{other.city.slug}/invitations/new").status_code == 403
    assert browser.post(f"/cities/{other.city.slug}/invitations", data=PERSON).status_code == 403
    assert seats_of(other) == [("city_deputy", True)]
    refused = db.session.scalar(
        db.select(db.func.count()).where(AuditEntry.outcome == "refused", AuditEntry.actor_id == ana.id)
    )
    assert refused == 6


def test_a_member_without_a_say_changes_nobody(lyon, ana, sign_in):
    official = MemberFactory(city=lyon)
    browser = sign_in(official)
    assert edit(browser, official.seat, role="city_deputy").status_code == 403
    assert browser.post("/cities/lyon/invitations", data=PERSON).status_code == 403
    assert official.seat.role == "member"


def test_an_invitation_is_taken_with_a_code(lyon, ana, sign_in, visitor, mails):
    answer, offer = offer_of(sign_in(ana))
    assert answer.status_code == 303
    letter = compose(mails()[-1])
    assert mails()[-1].address == "zoe@lyon.example" and f"/place-offers/{offer.id}" in letter.text
    for path in (f"/place-offers/{offer.id}", f"/place-offers/{offer.id}/confirm"):
        page = visitor.get(path)
        assert page.status_code == 200 and "Lyon" not in page.text and "Zoë" not in page.text
    assert db.session.scalar(db.select(Member).filter_by(email="zoe@lyon.example")) is None

    assert take(visitor, offer, mails).status_code == 303

    zoe = db.session.scalar(db.select(Member).filter_by(email="zoe@lyon.example"))
    assert (zoe.city, zoe.locale, zoe.active, seats_of(zoe)) == (lyon, "fr", True, [("member", True)])
    assert visitor.get("/settings").status_code == 200
    assert [mail.member_id for mail in mails() if mail.template == "membership/taken"] == [ana.id]


def test_an_offer_is_taken_once_and_not_after_its_two_weeks_or_withdrawal(lyon, ana, sign_in, app, mails):
    focal = sign_in(ana)
    _, offer = offer_of(focal)
    take(app.test_client(), offer, mails)
    count = len(mails())
    app.test_client().post(f"/place-offers/{offer.id}/code")
    assert len(mails()) == count

    _, late = offer_of(focal, email="late@lyon.example")
    visitor = app.test_client()
    visitor.post(f"/place-offers/{late.id}/code")
    code = mails()[-1].facts["code"]
    late.expires_at = utcnow() - timedelta(seconds=1)
    assert confirm(visitor, late, code).status_code == 422

    _, gone = offer_of(focal, email="gone@lyon.example")
    visitor.post(f"/place-offers/{gone.id}/code")
    code = mails()[-1].facts["code"]
    assert focal.post(f"/place-offers/{gone.id}/withdraw").status_code == 303
    assert confirm(visitor, gone, code).status_code == 422


def test_five_wrong_codes_end_it(lyon, ana, sign_in, visitor, mails):
    _, offer = offer_of(sign_in(ana))
    visitor.post(f"/place-offers/{offer.id}/code")
    right = mails()[-1].facts["code"]
    for _ in range(5):
        assert confirm(visitor, offer, f"{(int(right) + 1) % 10**6:06}").status_code == 422

    assert confirm(visitor, offer, right).status_code == 422


def plain(page, id):
    return re.sub(r'value="[^"]+"', "", page.text).replace(f"/place-offers/{id}", "")


def test_offers_that_are_there_and_that_are_not_look_the_same(lyon, ana, sign_in, app, mails):
    _, offer = offer_of(sign_in(ana))
    for path in ("", "/confirm"):
        there, missing = (
            app.test_client().get(f"/place-offers/{id}{path}") for id in (offer.id, offer.id + 7)
        )
        assert plain(there, offer.id) == plain(missing, offer.id + 7)
    codes = [
        app.test_client().post(f"/place-offers/{id}/code").status_code for id in (offer.id, offer.id + 7)
    ]
    assert codes == [303, 303]


def test_codes_of_an_offer_are_limited(lyon, ana, sign_in, app):
    _, offer = offer_of(sign_in(ana))
    answers = [app.test_client().post(f"/place-offers/{offer.id}/code").status_code for _ in range(6)]

    assert answers == [303] * 5 + [429]


def test_others_than_the_citys_addresses_are_for_the_coordination_team(lyon, ana, sign_in, coordinator):
    answer, offer = offer_of(sign_in(ana), email="zoe@mail.example")
    assert answer.status_code == 422 and "Zoë Müller" in answer.text and offer is None

    answer, offer = offer_of(sign_in(coordinator), email="zoe@mail.example", role="city_focal_point")
    assert answer.status_code == 303 and offer.role == "city_focal_point"


@pytest.mark.parametrize("role", ["city_focal_point", "expert", "admin"])
def test_a_focal_point_invites_to_no_more_than_a_city_gives(lyon, ana, sign_in, role):
    answer, offer = offer_of(sign_in(ana), role=role)

    assert answer.status_code == 422 and offer is None


def test_an_organisation_has_as_many_guests_as_it_may(sign_in, coordinator, app, mails):
    house = OrganisationFactory(slug="house", most_seats=1)
    browser, path = sign_in(coordinator), "/organisations/house/invitations"
    values = {"role": "partner_observer", "category": "civil_society"}
    _, first = offer_of(browser, path, **values)
    assert take(app.test_client(), first, mails).status_code == 303
    guest = db.session.scalar(db.select(Member).filter_by(email="zoe@lyon.example"))
    assert (
        guest.is_guest and guest.seat.category == "civil_society" and guest.seat.organisation_id == house.id
    )

    _, second = offer_of(browser, path, email="two@house.example", **values)
    refused = take(app.test_client(), second, mails)
    assert refused.status_code == 422 and "no place left" in refused.text
    assert offer_of(sign_in(MemberFactory(role="city_focal_point")), path, **values)[0].status_code == 403


def test_the_team_changes_and_ends_the_place_of_a_guest(sign_in, coordinator):
    house = OrganisationFactory(slug="house")
    guest = MemberFactory(city=None)
    seat = guest.seat_in(house, "partner_observer", category="civil_society")
    db.session.flush()
    browser, path = sign_in(coordinator), f"/seats/{seat.id}"
    back = browser.post(path, data={"role": "partner_observer", "speaks_officially": "y"})
    assert back.location.endswith("/organisations/house") and seat.speaks_officially
    browser.post(path, data={"role": "partner_observer", "category": "un_staff"})
    assert seat.category == "un_staff"
    browser.post(path, data={"role": "partner_observer", "category": "royalty"})
    assert seat.category == "un_staff"
    back = browser.post(f"{path}/end")
    assert back.location.endswith("/organisations/house") and seat.until


def test_who_leaves_soon_hears_of_it_with_the_city_once(lyon, ana, sign_in, coordinator, mails):
    official = MemberFactory(city=lyon)
    official.seat.until = utcnow().date() + timedelta(days=20)
    db.session.flush()
    clock.tell_of_ends()
    clock.tell_of_ends()
    assert {mail.member_id for mail in mails()} == {official.id, ana.id} and len(mails()) == 2
    assert official.name in compose(mails()[0]).text
    assert official.name in sign_in(coordinator).get("/desk").text.split('id="ending"')[1]

    official.seat.until = utcnow().date() + timedelta(days=40)
    db.session.flush()
    clock.tell_of_ends()
    assert len(mails()) == 2

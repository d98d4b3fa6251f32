"""Handing a place over (practice.md US02): the old one ends in the moment in which the new one begins."""

from datetime import timedelta

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.members.models import Member
from cityexchange.members.models.people import AWAY_AFTER
from tests.factories import MemberFactory
from tests.membership.steps import confirm, offer_of, seats_of, take


def test_a_place_is_handed_over_in_one_step(lyon, ana, ben, sign_in, visitor, mails):
    focal = sign_in(ana)
    page = focal.get(f"/seats/{ana.seat.id}/hand-over")
    assert page.status_code == 200 and "City focal point" in page.text
    answer, offer = offer_of(focal, f"/seats/{ana.seat.id}/hand-over")
    assert answer.status_code == 303 and seats_of(ana) == [("city_focal_point", True)]
    assert "handed over" in compose(mails()[-1]).subject or "transmise" in compose(mails()[-1]).subject

    assert take(visitor, offer, mails).status_code == 303

    zoe = db.session.scalar(db.select(Member).filter_by(email="zoe@lyon.example"))
    assert seats_of(zoe) == [("city_focal_point", True)] and seats_of(ana) == [("city_focal_point", False)]
    assert not ana.is_official and visitor.get("/cities/lyon/desk").status_code == 200
    assert focal.get("/cities/lyon/desk").status_code == 403
    told = {mail.member_id for mail in mails() if mail.template == "membership/taken"}
    assert told == {ana.id}
    assert db.session.scalar(db.select(AuditEntry.actor_id).filter_by(verb="take_place")) == zoe.id


def test_a_colleague_who_takes_it_keeps_the_account_and_one_seat(lyon, ana, ben, sign_in, app, mails):
    ben.email = "ben@lyon.example"
    _, offer = offer_of(sign_in(ana), f"/seats/{ana.seat.id}/hand-over", email="ben@lyon.example")
    take(app.test_client(), offer, mails)

    assert seats_of(ben) == [("city_deputy", False), ("city_focal_point", True)]


def test_when_the_focal_point_is_gone_the_deputy_begins_it(lyon, ana, ben, sign_in, coordinator, mails):
    path = f"/seats/{ana.seat.id}/hand-over"
    assert sign_in(MemberFactory(city=lyon)).get(path).status_code == 403
    ana.seen_at = utcnow() - AWAY_AFTER + timedelta(hours=1)
    refused, _ = offer_of(sign_in(ben), path)
    assert refused.status_code == 403 and sign_in(ben).get(path).status_code == 403

    ana.seen_at = utcnow() - AWAY_AFTER - timedelta(hours=1)
    answer, offer = offer_of(sign_in(ben), f"/seats/{ana.seat.id}/hand-over")

    assert answer.status_code == 303 and (offer.by, offer.replaces) == (ben, ana.seat)


def test_a_place_with_a_last_day_ends_at_once_when_it_is_handed_over(lyon, ana, ben, sign_in, visitor, mails):
    ben.seat.until = utcnow().date() + timedelta(days=30)
    _, offer = offer_of(sign_in(ana), f"/seats/{ben.seat.id}/hand-over")

    assert take(visitor, offer, mails).status_code == 303
    assert ben.seat is None and not ben.is_official


def test_nobody_hands_over_to_oneself(lyon, ana, sign_in):
    answer, offer = offer_of(sign_in(ana), f"/seats/{ana.seat.id}/hand-over", email=ana.email.upper())

    assert answer.status_code == 422 and "has the place today" in answer.text and offer is None


def test_what_was_offered_ends_with_the_seat_it_replaces(lyon, ana, ben, sign_in, visitor, mails):
    _, offer = offer_of(sign_in(ben), f"/seats/{ben.seat.id}/hand-over")
    sign_in(ana).post(f"/seats/{ben.seat.id}/end")

    assert not offer.is_open


def test_what_others_ask_for_or_guess_is_no_matter_of_an_offer(lyon, ana, sign_in, app, visitor, mails):
    """Abuse case 18: anybody can count up to the address of an invitation."""
    _, offer = offer_of(sign_in(ana))
    path, elsewhere = f"/place-offers/{offer.id}", {"REMOTE_ADDR": "192.0.2.7"}
    visitor.post(f"{path}/code")
    mine, stranger = mails()[-1].facts["code"], app.test_client()
    asked = [stranger.post(f"{path}/code", environ_base=elsewhere).status_code for _ in range(9)]
    assert asked == [303] * 5 + [429] * 4
    for code in ("000000", mine, *["111111"] * 5):
        guessed = stranger.post(f"{path}/confirm", data={"code": code}, environ_base=elsewhere)
        assert guessed.status_code == 422

    assert visitor.post(f"{path}/code").status_code == 303
    assert confirm(visitor, offer, mails()[-1].facts["code"]).status_code == 303


def test_a_code_for_one_place_opens_no_other(lyon, ana, sign_in, visitor, mails):
    browser = sign_in(ana)
    _, mine = offer_of(browser)
    _, other = offer_of(browser, email="yan@lyon.example")
    visitor.post(f"/place-offers/{mine.id}/code")

    assert confirm(visitor, other, mails()[-1].facts["code"]).status_code == 422


def test_the_last_focal_point_of_another_city_does_not_slip_away(lyon, ana, sign_in, app, mails):
    other = MemberFactory(role="city_focal_point", email="carla@lyon.example")
    _, offer = offer_of(sign_in(ana), email="carla@lyon.example")
    refused = take(app.test_client(), offer, mails)

    assert refused.status_code == 422 and seats_of(other) == [("city_focal_point", True)]


def test_a_suspended_member_takes_no_place(lyon, ana, sign_in, visitor, mails):
    dora = MemberFactory(city=None, email="dora@lyon.example", state="locked")
    _, offer = offer_of(sign_in(ana), email="dora@lyon.example")

    assert take(visitor, offer, mails).status_code == 403
    assert seats_of(dora) == []

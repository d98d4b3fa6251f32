"""What keeps a city in: its people, the charter, being there; and what puts somebody aside for some days."""

from datetime import date, timedelta

import pytest

from cityexchange.cities.domains import EmailDomain
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.members.models import SignInSession
from cityexchange.membership import charters, clock
from cityexchange.membership.activation import MISSING, missing, settle
from cityexchange.membership.models import CharterAcceptance, Suspension
from tests.factories import CityFactory, MemberFactory
from tests.membership.steps import person, seat_of, suspend, whole_city


@pytest.fixture
def lyon(app):
    return whole_city(name="Lyon")


def test_with_everything_a_city_takes_part(lyon):
    assert missing(lyon) == [] and settle(lyon) and lyon.is_active
    assert not settle(lyon)


@pytest.mark.parametrize(
    ("taken", "lacking"),
    [
        (lambda city: seat_of(city, "city_focal_point").end(), "focal_point"),
        (lambda city: seat_of(city, "city_deputy").end(), "deputy"),
        (lambda city: seat_of(city, "city_deputy").member.suspend(), "deputy"),
        (
            lambda city: setattr(seat_of(city, "city_focal_point").member, "email_confirmed_at", None),
            "focal_point",
        ),
        (lambda city: db.session.execute(db.delete(EmailDomain)), "verification"),
        (lambda city: db.session.execute(db.delete(CharterAcceptance)), "charter"),
    ],
)
def test_each_of_the_four_is_needed(lyon, taken, lacking):
    taken(lyon)
    db.session.flush()

    assert missing(lyon) == [lacking]
    assert not settle(lyon) and not lyon.is_active


def test_one_person_in_both_places_is_one_person(app):
    city = CityFactory(state="applied")
    ana = person(city, "city_focal_point")
    ana.seat_in(city, "city_deputy")
    db.session.flush()

    assert "deputy" in missing(city)


def test_nothing_is_there_at_first(app):
    assert missing(CityFactory(state="applied")) == list(MISSING)


def test_a_new_charter_is_accepted_again_and_the_old_one_counts_for_a_while(lyon, monkeypatch):
    today = utcnow().date()
    monkeypatch.setitem(charters.CHARTERS, 2, today - timedelta(days=1))
    assert "charter" not in missing(lyon)

    monkeypatch.setitem(charters.CHARTERS, 2, today - timedelta(days=charters.GRACE_DAYS))
    assert missing(lyon) == ["charter"]

    CharterAcceptance.record(lyon, "Ana")
    assert missing(lyon) == []


def test_versions_hold_from_their_day_on():
    assert charters.newest(date(2026, 11, 1)) == 1


def test_whoever_speaks_for_the_city_accepts_the_charter_and_nobody_else(lyon, sign_in):
    db.session.execute(db.delete(CharterAcceptance))
    for other in (
        MemberFactory(city=lyon),
        MemberFactory(role="city_focal_point"),
        MemberFactory(city=None, team_role="coordinator"),
    ):
        assert sign_in(other).post(f"/cities/{lyon.slug}/charter").status_code == 403
    ana = seat_of(lyon, "city_focal_point").member
    browser = sign_in(ana)
    assert "Accept it for Lyon" in browser.get("/charter").text

    assert browser.post(f"/cities/{lyon.slug}/charter").status_code == 303

    accepted = db.session.scalar(db.select(CharterAcceptance))
    assert (accepted.accepted_by_id, accepted.version) == (ana.id, 1)
    assert lyon.is_active


def test_the_desk_lists_who_has_to_accept_the_new_charter(lyon, sign_in, coordinator, monkeypatch):
    settle(lyon)
    monkeypatch.setitem(charters.CHARTERS, 2, utcnow().date())

    assert "Lyon" in sign_in(coordinator).get("/desk").text.split('id="charter-due"')[1]


def test_a_city_where_nobody_was_for_half_a_year_falls_asleep_and_one_sign_in_wakes_it(lyon, mails):
    settle(lyon)
    for seat in db.session.scalars(db.select(clock.Seat)):
        seat.member.seen_at = utcnow() - clock.SLEEP + timedelta(days=1)
    db.session.flush()
    clock.note_the_dormant()
    assert lyon.is_active

    for seat in db.session.scalars(db.select(clock.Seat)):
        seat.member.seen_at = utcnow() - clock.SLEEP - timedelta(minutes=1)
    db.session.flush()
    clock.note_the_dormant()
    clock.note_the_dormant()

    assert lyon.state == "dormant"
    asleep = [mail for mail in mails() if mail.template == "membership/dormant"]
    assert len(asleep) == 2 and "Lyon" in compose(asleep[0]).text

    SignInSession.begin(seat_of(lyon, "city_deputy").member)
    assert lyon.is_active


def test_who_has_left_keeps_no_city_awake(lyon):
    settle(lyon)
    gone = person(lyon, "member")
    gone.seat.end()
    for role in ("city_focal_point", "city_deputy"):
        seat_of(lyon, role).member.seen_at = utcnow() - 2 * clock.SLEEP
    db.session.flush()
    clock.note_the_dormant()
    assert lyon.state == "dormant"


def test_a_city_that_wakes_with_one_person_is_awake_and_says_what_it_lacks(lyon):
    settle(lyon)
    lyon.state = "dormant"
    seat_of(lyon, "city_deputy").end()
    SignInSession.begin(seat_of(lyon, "city_focal_point").member)
    assert (lyon.state, missing(lyon)) == ("verified", ["deputy"])


def test_a_city_without_people_is_not_called_asleep(app):
    city = CityFactory()
    clock.note_the_dormant()
    assert city.is_active


def test_a_city_stands_aside_with_its_people_who_lose_what_officials_read(lyon, sign_in, coordinator, mails):
    settle(lyon)
    ana = seat_of(lyon, "city_focal_point").member
    assert suspend(sign_in(coordinator), f"/cities/{lyon.slug}/suspend").status_code == 303

    assert lyon.state == "suspended" and not ana.is_official
    assert {mail.address for mail in mails() if mail.template == "membership/suspended"} == {
        seat.member.email for seat in db.session.scalars(db.select(clock.Seat).filter_by(city_id=lyon.id))
    }
    suspension = db.session.scalar(db.select(Suspension))
    suspension.until = utcnow()
    db.session.flush()
    clock.lift_what_has_ended()
    assert lyon.is_active and ana.is_official


def test_the_desk_of_a_city_is_for_those_who_speak_for_it(lyon, sign_in, coordinator):
    path = f"/cities/{lyon.slug}/desk"
    assert sign_in(seat_of(lyon, "city_deputy").member).get(path).status_code == 200
    assert sign_in(coordinator).get(path).status_code == 200
    for other in (MemberFactory(city=lyon), MemberFactory(role="city_focal_point")):
        assert sign_in(other).get(path).status_code == 403
    assert db.session.scalar(
        db.select(AuditEntry.id).where(AuditEntry.verb == "see_desk", AuditEntry.outcome == "refused")
    )


def test_a_city_leaves_and_comes_back(lyon, sign_in):
    settle(lyon)
    coordinator = sign_in(MemberFactory(city=None, team_role="coordinator"))
    ana = seat_of(lyon, "city_focal_point").member
    address = f"/cities/{lyon.slug}"

    assert sign_in(ana).post(f"{address}/leave").status_code == 403
    assert coordinator.post(f"{address}/return").status_code == 403
    assert coordinator.post(f"{address}/leave").status_code == 303

    assert lyon.state == "left" and not ana.is_official
    assert "takes part no more" in sign_in(ana).get(f"{address}/desk").text
    assert sign_in(MemberFactory()).get(address).status_code == 404
    assert coordinator.post(f"{address}/return").status_code == 303
    assert lyon.is_active


def test_who_speaks_for_a_suspended_city_reads_why_and_presses_nothing(lyon, sign_in):
    settle(lyon)
    ana = seat_of(lyon, "city_focal_point").member
    Suspension.begin(lyon, 3, "A complaint that we look into.", MemberFactory(city=None, team_role="admin"))
    browser = sign_in(ana)

    page = browser.get(f"/cities/{lyon.slug}/desk").text

    assert "A complaint that we look into." in page and 'id="people"' not in page
    assert browser.post(f"/cities/{lyon.slug}/invitations", data={}).status_code == 403
    assert sign_in(MemberFactory()).get(f"/cities/{lyon.slug}/desk").status_code == 404

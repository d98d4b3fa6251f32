"""A city that loses what made it active is active no more; its people go on for a month, so that it can mend that."""

from datetime import date, timedelta

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.letters import compose
from cityexchange.membership import charters, clock
from cityexchange.membership.activation import INCOMPLETE_DAYS, goes_on_until, missing, settle
from tests.membership.steps import person, seat_of, whole_city


@pytest.fixture
def lyon(app):
    city = whole_city(name="Lyon", slug="lyon")
    settle(city)
    return city


def member_of(city, role):
    return seat_of(city, role).member


def end_deputy(city, sign_in):
    seat = seat_of(city, "city_deputy")
    return sign_in(member_of(city, "city_focal_point")).post(f"/seats/{seat.id}/end")


def test_without_a_deputy_it_is_active_no_more_and_the_rest_go_on(lyon, sign_in, coordinator, mails):
    official = person(lyon, "member")

    assert end_deputy(lyon, sign_in).status_code == 303

    assert lyon.state == "verified" and official.is_official
    focal = member_of(lyon, "city_focal_point")
    letter = compose(mails()[-1])
    assert (
        mails()[-1].member_id == focal.id and "/cities/lyon/desk" in letter.text and "Lyon" in letter.subject
    )
    page = sign_in(focal).get("/cities/lyon/desk").text
    assert "A deputy focal point" in page and "go on as before until" in page
    assert "Lyon" in sign_in(coordinator).get("/desk").text
    assert db.session.scalar(db.select(AuditEntry.verb).filter_by(verb="step_back")) == "step_back"


@pytest.mark.parametrize("change", [{"role": "member"}, {"role": "city_deputy", "until": "today"}])
def test_a_change_of_the_seat_counts_as_its_end(lyon, sign_in, change):
    seat = seat_of(lyon, "city_deputy")
    change = {name: str(utcnow().date()) if value == "today" else value for name, value in change.items()}
    browser = sign_in(member_of(lyon, "city_focal_point"))

    assert browser.post(f"/seats/{seat.id}", data=change).status_code == 303
    assert lyon.state == "verified"


def test_two_focal_points_are_no_deputy(lyon):
    seat_of(lyon, "city_deputy").role = "city_focal_point"
    db.session.flush()
    clock.note_the_incomplete()

    assert missing(lyon) == ["deputy"] and lyon.state == "verified"


def test_the_worker_sees_what_ends_by_itself(lyon, monkeypatch):
    clock.note_the_incomplete()
    assert lyon.is_active

    long_ago = utcnow().date() - timedelta(days=charters.GRACE_DAYS)
    monkeypatch.setattr(charters, "CHARTERS", {1: date(2020, 1, 1), 2: long_ago})
    clock.note_the_incomplete()
    assert (lyon.state, missing(lyon)) == ("verified", ["charter"])


def test_after_a_month_its_people_read_and_write_no_more_until_it_is_whole(lyon, sign_in):
    end_deputy(lyon, sign_in)
    focal = member_of(lyon, "city_focal_point")
    lyon.incomplete_since -= timedelta(days=INCOMPLETE_DAYS - 1)
    clock.note_the_incomplete()
    assert focal.is_official and goes_on_until(lyon) == utcnow().date() + timedelta(days=1)

    lyon.incomplete_since -= timedelta(days=1)
    clock.note_the_incomplete()
    assert not focal.is_official
    assert sign_in(focal).get("/cities/lyon/invitations/new").status_code == 200

    person(lyon, "city_deputy")
    assert settle(lyon) and focal.is_official and lyon.incomplete_since is None


@pytest.mark.parametrize("state", ["suspended", "left", "applied", "draft"])
def test_nothing_goes_on_in_a_city_that_stands_aside(lyon, state):
    lyon.state, lyon.incomplete_since = state, utcnow().date()

    assert not member_of(lyon, "city_focal_point").is_official


def test_a_city_that_left_does_not_go_on_when_it_is_taken_back(lyon, sign_in, coordinator):
    end_deputy(lyon, sign_in)
    desk = sign_in(coordinator)
    desk.post("/cities/lyon/leave")
    desk.post("/cities/lyon/return")

    assert lyon.state == "verified" and not member_of(lyon, "city_focal_point").is_official

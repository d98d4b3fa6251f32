"""After new rules of a zone: the clocks of the host keep what was promised, and who comes hears, once, what theirs show."""

from datetime import timedelta

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.workshops.amendments import Amendment
from tests.factories import MemberFactory
from tests.workshops.factories import WorkshopFactory, organiser, slot

HOUR = timedelta(hours=1)


def under_old_rules(workshop, off=HOUR):
    """As if the database of zones had said otherwise when the sessions were planned."""
    for session in workshop.schedule.held:
        session.starts_at, session.ends_at = session.starts_at - off, session.ends_at - off
    db.session.commit()


def retime(app):
    done = app.test_cli_runner().invoke(args=["events", "retime"])
    db.session.expire_all()
    return done.output


def told():
    wanted = db.select(OutgoingMail).filter_by(template="workshops/changed").order_by(OutgoingMail.id)
    return [mail for mail in db.session.scalars(wanted) if mail.facts["kind"] == "clocks"]


@pytest.mark.parametrize(
    ("zone", "theirs", "was", "now"),
    [
        ("Africa/Tunis", "Asia/Tokyo", "19:00", "20:00"),
        ("Africa/Tunis", "UTC", "10:00", "11:00"),
        ("Africa/Tunis", "Asia/Kolkata", "15:30", "16:30"),
        ("America/Bogota", "Asia/Tokyo", "01:00", "02:00"),
    ],
)
def test_who_lives_elsewhere_reads_what_their_clocks_show_now(app, zone, theirs, was, now):
    workshop = WorkshopFactory(is_open=True, zone=zone)
    workshop.register(MemberFactory(timezone=theirs), "online", "en")
    under_old_rules(workshop)

    assert "1 schedules moved" in retime(app)

    (mail,) = told()
    letter = compose(mail)
    for part in (letter.text, letter.html):
        assert was in part and now in part and "12:00" in part


def test_where_the_host_is_it_stays_as_announced(app):
    workshop = WorkshopFactory(is_open=True, zone="Africa/Tunis")
    workshop.register(MemberFactory(timezone="Africa/Tunis"), "online", "en")
    under_old_rules(workshop)
    retime(app)

    text = compose(told()[0]).text
    assert "as before: " in text and "12:00" in text and "11:00" not in text and "until now" not in text


def test_it_is_told_once_and_stands_in_the_history_and_in_calendars(app, sign_in):
    workshop = WorkshopFactory(is_open=True, zone="Africa/Tunis")
    workshop.register(MemberFactory(timezone="Asia/Tokyo"), "online", "en")
    under_old_rules(workshop)
    counted = workshop.schedule.sequence

    assert "1 schedules" in retime(app) and "0 schedules" in retime(app)

    assert len(told()) == 1 and workshop.schedule.sequence == counted + 1
    amendment = db.session.scalars(db.select(Amendment)).one()
    assert (amendment.actor_id, amendment.is_of_clocks) == (None, True)
    page = sign_in(organiser(timezone="Asia/Tokyo")).get(f"/workshops/{workshop.id}").text
    assert "19:00" in page.split("What happened so far")[1]


@pytest.mark.parametrize("state", ["draft", "cancelled", "completed"])
def test_what_nobody_waits_for_tells_nobody(app, state):
    workshop = WorkshopFactory(is_open=True, zone="Africa/Tunis")
    workshop.register(MemberFactory(timezone="Asia/Tokyo"), "online", "en")
    workshop.state = state
    under_old_rules(workshop)
    retime(app)

    assert told() == []


def test_who_waits_hears_too_and_who_withdrew_does_not(app):
    workshop = WorkshopFactory(is_open=True, zone="Africa/Tunis", capacity_online=1)
    first, waits, gone = MemberFactory.create_batch(3, timezone="Asia/Tokyo")
    for member in (first, waits, gone):
        workshop.register(member, "online", "en")
    workshop.registration_of(gone).withdraw()
    under_old_rules(workshop)
    retime(app)

    assert [mail.member_id for mail in told()] == [first.id, waits.id]


def test_only_sessions_that_moved_are_listed(app):
    workshop = WorkshopFactory(
        is_open=True, zone="Africa/Tunis", slots=[slot(title="First"), slot(days=41, title="Second")]
    )
    workshop.register(MemberFactory(timezone="Asia/Tokyo"), "online", "en")
    second = workshop.schedule.held[1]
    second.starts_at -= HOUR
    db.session.commit()
    retime(app)

    (amendment,) = db.session.scalars(db.select(Amendment))
    assert [one["after"]["title"] for one in amendment.differences] == ["Second"]

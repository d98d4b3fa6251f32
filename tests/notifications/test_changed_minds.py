"""A mail that waits is judged by what its member wants when it is due: it comes then, or earlier, or not at all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cityexchange.chat.models import Room
from cityexchange.core.db import clock_at, db
from cityexchange.core.mail import OutgoingMail
from cityexchange.follows.models import Follow
from cityexchange.notifications.choices import choose, choose_hours
from cityexchange.spaces.entries import SpaceEntry
from tests.factories import CityFactory, SpaceFactory
from tests.forums.factories import start_topic
from tests.notifications.noon import NOON, minutes_later, reply, words

NIGHT = NOON.replace(hour=21)
"""Ten in the evening in Paris."""
SATURDAY = NOON + timedelta(days=4)


@pytest.fixture
def ana(ana):
    ana.timezone = "Europe/Paris"
    ana.city.country = "FR"
    db.session.commit()
    return ana


@pytest.fixture
def ask(ana, ben):
    """What she is asked in the night, in which she sleeps: whether somebody may come into the space that she looks after."""
    choose(ana.id, "request", is_here=True, mailing="at_once")
    space = SpaceFactory(confidentiality="group", joining="request")
    space.admit(ana, "facilitator")

    def ask_now(at=NIGHT):
        with clock_at(at):
            SpaceEntry.ask(space, ben)
            db.session.commit()

    return ask_now


def templates_of_mails():
    return db.session.scalars(select(OutgoingMail.template).order_by(OutgoingMail.id)).all()


def state_of_mail():
    db.session.expire_all()
    return db.session.scalars(select(OutgoingMail.state).order_by(OutgoingMail.id)).first()


@pytest.fixture
def arrived(sweep):
    """arrived(moment): how many mails have come when the worker has looked at that moment."""

    def look(moment):
        with clock_at(moment):
            return len(sweep())

    return look


def later(minutes):
    return NIGHT + timedelta(minutes=minutes)


def test_who_gives_up_quiet_hours_gets_at_once_what_waits_for_their_end(ana, ask, arrived):
    ask()
    assert arrived(later(1)) == 0 and state_of_mail() == "queued"
    choose_hours(ana.id, 7, 7, on_free_days=False)

    assert arrived(later(2)) == 1


def test_whose_quiet_hours_begin_earlier_and_end_later_waits_for_that(ana, ask, arrived):
    ask()
    assert arrived(later(1)) == 0
    choose_hours(ana.id, 20, 11, on_free_days=False)

    assert arrived(NIGHT + timedelta(hours=11)) == 0, "at eight in the morning"
    assert arrived(NIGHT + timedelta(hours=13, minutes=1)) == 1


def test_who_goes_where_it_is_morning_already_gets_it_there(ana, ask, arrived):
    ask()
    assert arrived(later(1)) == 0
    ana.timezone = "Asia/Tokyo"

    assert arrived(later(120)) == 1, "eight in Tokyo"


def test_who_goes_where_it_is_night_still_is_not_woken(ana, ask, arrived):
    ask()
    assert arrived(later(1)) == 0
    ana.timezone = "America/New_York"

    assert arrived(NIGHT + timedelta(hours=10)) == 0, "seven in Paris, one in the night there"
    assert arrived(NIGHT + timedelta(hours=15, minutes=1)) == 1


@pytest.mark.parametrize("way", ["its country is another", "another city"])
def test_where_the_city_works_on_other_days_they_are_those(ana, ask, arrived, way):
    """On a Saturday nobody works in France; in Iran it is the first day of the week."""
    choose_hours(ana.id, 7, 7, on_free_days=True)
    ask(SATURDAY)
    assert arrived(SATURDAY + timedelta(minutes=1)) == 0
    if way == "another city":
        ana.seat.end()
        ana.seat_in(CityFactory(country="IR"))
    else:
        ana.city.country = "IR"

    assert arrived(SATURDAY + timedelta(minutes=2)) == 1


def test_looking_again_is_no_attempt(ana, ask, arrived):
    ask()
    for minute in range(1, 12):
        assert arrived(later(minute)) == 0
        choose_hours(ana.id, 20, 8, on_free_days=False)
        db.session.commit()

    assert db.session.scalars(select(OutgoingMail.attempts)).one() == 1
    assert arrived(NIGHT + timedelta(hours=11, minutes=1)) == 1


def test_who_wants_it_once_a_day_now_gets_it_in_the_mail_of_the_day_and_once(ana, ask, arrived, sweep):
    ask()
    assert arrived(later(1)) == 0
    choose(ana.id, "request", is_here=True, mailing="daily")

    assert arrived(NIGHT + timedelta(hours=9, minutes=1)) == 0, (
        "seven in the morning: the quiet hours are over"
    )
    assert state_of_mail() == "dropped"
    with clock_at(NIGHT + timedelta(hours=10, minutes=1)):
        assert len(sweep()) == 1
    assert templates_of_mails() == ["spaces/asked", "notifications/daily"]


def test_who_wants_none_of_its_kind_any_more_gets_none(ana, ask, arrived):
    ask()
    assert arrived(later(1)) == 0
    choose(ana.id, "request", is_here=True, mailing="never")

    assert arrived(NIGHT + timedelta(hours=20)) == 0 and state_of_mail() == "dropped"


@pytest.mark.parametrize(
    ("before", "now", "minutes"), [("daily", "bundled", 6), ("bundled", "daily", 21 * 60)]
)
def test_what_waits_comes_as_it_is_wanted_now(topic, ana, ben, sweep, before, now, minutes):
    choose(ana.id, "reply", is_here=True, mailing=before)
    reply(topic, ben, "One.")
    choose(ana.id, "reply", is_here=True, mailing=now)
    with minutes_later(minutes - 2 if now == "bundled" else 30):
        assert sweep() == []
    with minutes_later(minutes):
        assert len(sweep()) == 1


def test_whoever_takes_back_never_gets_what_waited_and_nothing_of_before(topic, ana, ben, sweep):
    choose(ana.id, "reply", is_here=True, mailing="never")
    reply(topic, ben, "Of before.")
    choose(ana.id, "reply", is_here=True, mailing="bundled")
    reply(topic, ben, "Wanted.")
    with minutes_later(6):
        [mail] = sweep()
    assert "Wanted." in words(mail)[0] and "Of before." not in words(mail)[0]


@pytest.mark.parametrize("what", ["Topic", "Forum", "Space"])
@pytest.mark.parametrize("mailing", ["bundled", "daily"])
def test_of_a_place_that_is_muted_meanwhile_nothing_is_mailed(topic, ana, ben, sweep, what, mailing):
    choose(ana.id, "reply", is_here=True, mailing=mailing)
    other = start_topic(author=ana, title="Elsewhere?")
    reply(topic, ben, "Muted.")
    reply(other, ben, "Heard.")
    place = {"Topic": topic, "Forum": topic.forum, "Space": topic.forum.space}[what]
    if what != "Topic":
        db.session.execute(db.delete(Follow).filter_by(member_id=ana.id, record_id=topic.id))
    Follow.choose(ana, place, "muted")
    with minutes_later(21 * 60):
        [mail] = sweep()
    assert "Heard." in words(mail)[0] and "Muted." not in words(mail)[0]


def test_of_a_room_that_is_muted_meanwhile_nothing_is_mailed(ana, ben, sweep):
    room = Room.open(SpaceFactory(confidentiality="members"), "Waste water")
    with minutes_later(0):
        room.post(ben, "What do you say, @ana-ruiz?")
    Follow.choose(ana, room, "muted")
    with minutes_later(30):
        assert sweep() == []
    assert db.session.scalars(select(OutgoingMail.reason)).all() == ["nothing_left"]


def test_who_lost_the_right_meanwhile_gets_no_mail(ben, ana, sweep):
    space = SpaceFactory(confidentiality="group")
    for member in (ana, ben):
        space.admit(member)
    room = Room.open(space, "Closed")
    with minutes_later(0):
        room.post(ben, "What do you say, @ana-ruiz?")
    space.leave(ana)
    with minutes_later(30):
        assert sweep() == []

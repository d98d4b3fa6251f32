"""What the worker makes of rows that wait: when a mail goes, how many, and when none is needed any more."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from cityexchange.chat.models import Room
from cityexchange.core.db import clock_at, db, unit_of_work, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.notifications import mails
from cityexchange.notifications.choices import choices_of, choose, choose_hours
from cityexchange.notifications.models import Notification
from tests.factories import SpaceFactory
from tests.forums.factories import start_topic
from tests.forums.test_concurrency import at_once
from tests.notifications.noon import NOON, minutes_later, reply, tell, words
from tests.patience import PATIENCE


def test_who_writes_on_and_on_is_not_waited_for_longer_than_twenty_minutes(topic, ben, sweep):
    for at in range(0, 24, 4):
        reply(topic, ben, f"Sentence {at}.", at=at)
        with minutes_later(at + 1):
            arrived = len(sweep())
    assert arrived == 1


def test_what_was_read_meanwhile_is_not_mailed(topic, ben, sweep):
    reply(topic, ben, "Read at once.")
    db.session.query(Notification).update({"read_at": utcnow()})
    with minutes_later(30):
        assert sweep() == []
    assert all(row.mailed_at for row in db.session.scalars(select(Notification)))


def test_a_mention_in_the_chat_is_mailed_after_ten_minutes_once(ana, ben, sweep):
    room = Room.open(SpaceFactory(confidentiality="members"), "Waste water")
    with minutes_later(0):
        message = room.post(ben, "What do you say, @ana-ruiz?")
        tell(ana, "mention", message, room, position=message.number)
    with minutes_later(9):
        assert sweep() == []
    with minutes_later(11):
        [mail] = sweep()
    with minutes_later(60):
        assert len(sweep()) == 1

    assert mail["Subject"] == "You were mentioned: Waste water"
    for part in words(mail):
        assert "What do you say" in part and "Ben Okoro" in part and f"/chat/messages/{message.id}" in part


def test_a_day_comes_as_one_mail_on_the_next_morning(topic, ana, ben, sweep):
    choose(ana.id, "reply", is_here=True, mailing="daily")
    other = start_topic(author=ana, title="And then?")
    for number in range(5):
        reply(topic, ben, f"Number {number}.")
    reply(other, ben, "Elsewhere.", at=60)
    with minutes_later(19 * 60):
        assert sweep() == []
    with minutes_later(20 * 60 + 1):
        [mail] = sweep()
    with minutes_later(48 * 60):
        assert len(sweep()) == 1

    assert mail["Subject"] == "6 things are new for you"
    for part in words(mail):
        assert "How to begin?" in part and "And then?" in part and "Elsewhere." in part
        assert "Number 2." in part and "Number 3." not in part and "And 2 more." in part


def test_in_quiet_hours_mails_wait_until_they_end(topic, ana, ben, sweep):
    with clock_at(NOON.replace(hour=18, minute=58)):
        topic.post(ben, "Good night.")
    with clock_at(NOON.replace(hour=19, minute=30)):
        assert sweep() == []
    with clock_at(NOON + timedelta(hours=19, minutes=1)):
        assert len(sweep()) == 1


def test_who_has_no_quiet_hours_gets_mails_at_night(topic, ana, ben, sweep):
    choose_hours(ana.id, 7, 7, on_free_days=False)
    with clock_at(NOON.replace(hour=23)):
        topic.post(ben, "Good night.")
    with clock_at(NOON.replace(hour=23, minute=6)):
        assert len(sweep()) == 1


def test_what_is_wanted_at_once_comes_after_a_minute(topic, ana, ben, sweep):
    choose(ana.id, "reply", is_here=True, mailing="at_once")
    reply(topic, ben, "One.")
    reply(topic, ben, "Two.")
    with minutes_later(2):
        [mail] = sweep()
    assert "One." in words(mail)[0] and "Two." in words(mail)[0]


def test_who_wants_no_mail_gets_none_and_the_row_is_there(topic, ana, ben, sweep):
    choose(ana.id, "reply", is_here=True, mailing="never")
    reply(topic, ben, "Only here.")
    with minutes_later(30 * 60):
        assert sweep() == []
    assert db.session.scalars(select(Notification.kind)).all() == ["reply"]


def test_who_says_never_after_it_happened_gets_no_mail_either(topic, ana, ben, sweep):
    reply(topic, ben, "Too late.")
    choose(ana.id, "reply", is_here=True, mailing="never")
    with minutes_later(6):
        assert sweep() == []


def test_a_suspended_member_gets_no_mail(topic, ana, ben, sweep):
    reply(topic, ben, "Hello.")
    ana.suspend()
    with minutes_later(6):
        assert sweep() == []


def test_one_press_in_the_mail_stops_its_kind_and_one_more_brings_it_back_as_it_was(
    topic, ana, ben, sweep, visitor
):
    choose(ana.id, "reply", is_here=True, mailing="at_once")
    reply(topic, ben, "One.")
    with minutes_later(6):
        [mail] = sweep()
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")

    assert visitor.get(path).status_code == 200
    assert choices_of(ana)["reply"].mailing == "at_once"
    assert visitor.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices_of(ana)["reply"].mailing == "never"
    assert visitor.post(f"{path}/undo").status_code == 200
    assert choices_of(ana)["reply"].mailing == "at_once"


def test_a_mail_and_its_rows_are_one_transaction(topic, ana, ben, sweep, monkeypatch):
    reply(topic, ben, "Not lost.")

    def power_cut(*_):
        raise SystemExit("killed")

    with minutes_later(6):
        db.session.commit()
        with monkeypatch.context() as patch:
            patch.setattr(mails, "_queue", power_cut)
            with pytest.raises(SystemExit):
                mails.mail_conversations()
        [mail] = sweep()
        assert len(sweep()) == 1
    assert "Not lost." in words(mail)[0]


def test_what_was_undone_is_not_mailed(topic, ana, ben, sweep):
    db.session.commit()
    with minutes_later(0), unit_of_work() as work:
        topic.post(ben, "Undone.")
        work.undo()
    with minutes_later(30):
        assert sweep() == []


@pytest.mark.parametrize("mailing", ["bundled", "daily"])
def test_two_workers_at_once_make_one_mail(app, topic, ana, ben, sweep, mailing):
    choose(ana.id, "reply", is_here=True, mailing=mailing)
    for number in range(3):
        reply(topic, ben, f"Number {number}.")
    start = Barrier(2)

    def work(look):
        start.wait(PATIENCE)
        with app.app_context():
            look()

    look = mails.mail_conversations if mailing == "bundled" else mails.mail_days
    with minutes_later(20 * 60 + 1):
        at_once(Thread(target=work, args=(look,)) for _ in range(2))
        [mail] = sweep()
    assert all(f"Number {number}." in words(mail)[0] for number in range(3))
    assert db.session.query(OutgoingMail).count() == 1


@pytest.mark.parametrize("mailing", ["at_once", "bundled", "daily"])
def test_what_is_worth_no_mail_is_told_here_alone_whatever_was_chosen(topic, ana, sweep, mailing):
    choose(ana.id, "change", is_here=True, mailing=mailing)
    with minutes_later(0):
        tell(ana, "change", topic, topic, is_mailed=False)
    with minutes_later(48 * 60):
        assert sweep() == []
    assert db.session.scalars(select(Notification.kind)).all() == ["change"]

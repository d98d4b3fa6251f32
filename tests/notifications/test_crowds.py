"""Where many follow, the first are told by who writes and the others by the worker: each once, and only what is still so."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from cityexchange.core.db import clock_at, db, unit_of_work, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.follows.models import Follow
from cityexchange.forums.models import ReadPosition, Topic
from cityexchange.members.models import Member
from cityexchange.notifications import crowds
from cityexchange.notifications.crowds import AT_ONCE, Crowd, tell_crowds
from cityexchange.notifications.models import Notification
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.forums.test_concurrency import at_once
from tests.patience import PATIENCE

MANY = AT_ONCE + 10


@pytest.fixture
def writer():
    return MemberFactory()


@pytest.fixture
def crowd(writer):
    return MemberFactory.create_batch(MANY)


@pytest.fixture
def topic(writer, crowd):
    space = SpaceFactory(confidentiality="group")
    topic = start_topic(ForumFactory(space=space), writer)
    for member in [writer, *crowd]:
        space.admit(member)
        Follow.choose(member, topic, "following")
    return topic


def told_of(kind="reply"):
    db.session.expire_all()
    return sorted(db.session.scalars(db.select(Notification.member_id).filter_by(kind=kind)))


def ids(members):
    return sorted(member.id for member in members)


def waiting():
    return db.session.scalar(db.select(db.func.count()).select_from(Crowd))


def test_the_worker_tells_those_whom_the_writer_did_not(topic, writer, crowd):
    reply = topic.post(writer, "Hello.")
    db.session.commit()
    assert len(told_of()) == AT_ONCE and waiting() == 1

    run_sweep("notifications_of_crowds")

    assert told_of() == ids(crowd) and waiting() == 0
    columns = Notification.occasion, Notification.conversation, Notification.position
    lines = db.session.execute(db.select(*columns, Notification.created_at).distinct())
    assert [tuple(line[:3]) for line in lines] == [
        (f"reply:Post:{reply.id}", f"Topic:{topic.id}", reply.position)
    ]


def test_few_are_told_at_once(topic, writer, crowd):
    for member in crowd[: MANY - AT_ONCE + 1]:
        Follow.choose(member, topic, "normal")
    topic.post(writer, "Hello.")

    assert len(told_of()) == AT_ONCE - 1 and waiting() == 0


def test_two_workers_at_once_tell_each_once(app, topic, writer, crowd, monkeypatch):
    monkeypatch.setattr(crowds, "AT_A_TIME", 2)
    topic.post(writer, "Hello.")
    start = Barrier(2)

    def work():
        start.wait(PATIENCE)
        with app.app_context():
            tell_crowds()

    at_once(Thread(target=work) for _ in range(2))

    assert told_of() == ids(crowd) and waiting() == 0


def test_a_crowd_that_cannot_be_told_keeps_no_other_waiting_and_is_forgotten_after_a_week(
    topic, writer, crowd
):
    """Written down by a release whose query asked for less."""
    which = {"space_id": topic.forum.space_id, "but": []}
    db.session.add(Crowd.of("old", "topic", topic, "followers", topic, 1, at=utcnow(), **which))
    db.session.flush()
    topic.post(writer, "Hello.")
    db.session.commit()
    assert waiting() == 2

    run_sweep("notifications_of_crowds")
    assert told_of() == ids(crowd) and waiting() == 1

    run_sweep("notifications_tidying")
    assert waiting() == 1
    with clock_at(utcnow() + timedelta(days=8)):
        run_sweep("notifications_tidying")
    assert waiting() == 0


def test_what_is_undone_leaves_nobody_to_be_told(topic, writer):
    db.session.commit()

    def break_off():
        with unit_of_work():
            db.session.get(Topic, topic.id).post(db.session.get(Member, writer.id), "Hello.")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    run_sweep("notifications_of_crowds")

    assert told_of() == [] and waiting() == 0


def remove(topic, reply):
    reply.remove(reply.author)


def hide(topic, reply):
    topic.state = "held"


def delete(topic, reply):
    db.session.delete(topic)


def delete_past_the_session(topic, reply):
    db.session.execute(db.delete(Topic).where(Topic.id == topic.id))


@pytest.mark.parametrize("end", [remove, hide, delete], ids=lambda end: end.__name__)
def test_what_is_gone_before_the_worker_comes_is_told_to_nobody(topic, writer, end):
    reply = topic.post(writer, "Hello.")
    db.session.commit()
    end(topic, reply)
    db.session.commit()
    run_sweep("notifications_of_crowds")

    assert told_of() == [] and waiting() == 0


def test_of_what_the_database_itself_deleted_nobody_more_is_told(topic, writer):
    topic.post(writer, "Hello.")
    db.session.commit()
    delete_past_the_session(topic, None)
    run_sweep("notifications_of_crowds")

    assert len(told_of()) == AT_ONCE and waiting() == 0


def test_what_somebody_has_read_before_the_worker_comes_is_no_news(topic, writer, crowd):
    reply = topic.post(writer, "Hello.")
    db.session.commit()
    quick, slow, *_ = [member for member in crowd if member.id not in told_of()]
    ReadPosition.advance(quick, topic, reply.position)
    ReadPosition.advance(slow, topic, reply.position - 1)
    db.session.commit()
    run_sweep("notifications_of_crowds")

    read = {line.member_id for line in db.session.scalars(db.select(Notification)) if line.read_at}
    assert told_of() == ids(crowd) and read == {quick.id}


def test_who_has_left_before_the_worker_comes_is_not_told(topic, writer, crowd):
    topic.post(writer, "Hello.")
    db.session.commit()
    late = [member for member in crowd if member.id not in told_of()]
    topic.forum.space.leave(late[0])
    db.session.commit()
    run_sweep("notifications_of_crowds")

    assert told_of() == ids(one for one in crowd if one is not late[0])


def test_a_mark_that_was_taken_away_is_told_to_nobody_more(topic, writer, crowd):
    reply = topic.post(crowd[0], "Begin small.")
    topic.mark_answer(reply, writer)
    db.session.commit()
    topic.unmark_answer(reply)
    db.session.commit()
    run_sweep("notifications_of_crowds")

    assert told_of("answer") == [] and len(told_of("reply")) == MANY


def test_the_author_of_an_answer_hears_of_it_once_among_many(topic, writer, crowd):
    reply = topic.post(crowd[0], "Begin small.")
    topic.mark_answer(reply, writer)
    db.session.commit()
    run_sweep("notifications_of_crowds")

    assert told_of("answer") == ids(crowd)

"""Real connections, real waiting: replies from several threads and processes leave no gap and no double."""

import multiprocessing
from threading import Barrier, Thread, Timer
from threading import enumerate as running_threads

import pytest

from cityexchange.core.db import db, unit_of_work
from cityexchange.forums.models import Answer, Forum, Post, Topic
from cityexchange.members.models import Member
from tests.forums.factories import start_topic
from tests.patience import PATIENCE

WRITERS, REPLIES = 4, 8


def at_once(workers):
    """Starts them all and waits, not for ever. The test itself must hold no transaction meanwhile: writers would wait for it.

    A fork copies the locks that other threads hold at that moment (timers of earlier wakes), and none of the threads that would let go
    of them: a child would wait for ever, and the other one at the barrier. So no timer runs while they start.
    """
    workers = list(workers)
    db.session.commit()
    for timer in running_threads():
        if isinstance(timer, Timer):
            timer.join(PATIENCE)
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    late = [worker for worker in workers if worker.is_alive()]
    for worker in late:
        getattr(worker, "kill", bool)()
    assert not late, "they wait for something that does not come"


def reply_often(app, topic_id, author_id, start):
    start.wait(PATIENCE)
    for number in range(REPLIES):
        with app.app_context(), unit_of_work():
            author = db.session.get(Member, author_id)
            db.session.get(Topic, topic_id).post(
                author, f"Reply {number}.", language="en", nonce=f"same-{number}"
            )


def reply_from_elsewhere(app, *values):
    """A forked process inherits connections that are its parent's: it lets go of them and opens its own."""
    with app.app_context():
        db.engine.dispose(close=False)
    reply_often(app, *values)


@pytest.fixture
def counted(topic):
    """What the numbers of the topic say once everybody has written."""

    def count():
        db.session.expire_all()
        posts = db.session.scalars(db.select(Post).filter_by(topic_id=topic.id).order_by(Post.position)).all()
        forum = db.session.get(Forum, topic.forum_id)
        return [post.position for post in posts], topic.post_count, forum.post_count

    return count


def test_threads_that_reply_at_once_get_one_number_each(app, topic, counted, ana, ben):
    start = Barrier(WRITERS)
    values = [(app, topic.id, author.id, start) for author in (ana, ben, ana, ben)]
    at_once(Thread(target=reply_often, args=each) for each in values)

    # Two threads an author, the same nonces: each reply stands once.
    everything = 1 + 2 * REPLIES
    assert counted() == (list(range(1, everything + 1)), everything, everything)


def test_processes_that_reply_at_once_get_one_number_each(
    app, topic, counted, ana, ben, database_url, tmp_path
):
    context = multiprocessing.get_context("fork")
    start = context.Barrier(2)
    values = [(app, topic.id, author.id, start) for author in (ana, ben)]
    processes = [context.Process(target=reply_from_elsewhere, args=each) for each in values]
    at_once(processes)

    everything = 1 + 2 * REPLIES
    assert [process.exitcode for process in processes] == [0, 0]
    assert counted() == (list(range(1, everything + 1)), everything, everything)


def test_marks_given_at_once_leave_one(app, ana, ben):
    topic = start_topic(author=ana)
    replies = [topic.post(ben, f"Reply {n}.").id for n in range(WRITERS)]
    topic_id, marker_id = topic.id, ana.id
    start = Barrier(WRITERS)

    def mark(post_id):
        start.wait(PATIENCE)
        with app.app_context(), unit_of_work():
            post = db.session.get(Post, post_id)
            post.topic.mark_answer(post, db.session.get(Member, marker_id))

    at_once(Thread(target=mark, args=(post_id,)) for post_id in replies)

    [answer] = db.session.scalars(db.select(Answer).filter_by(topic_id=topic_id))
    assert answer.post_id in replies

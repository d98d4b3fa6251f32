"""The volume for measuring keeps what the models' verbs keep."""

from hashlib import sha256

import pytest
from sqlalchemy import func, select

from cityexchange.chat.models import Message, Room
from cityexchange.core.db import db
from cityexchange.demo import volume
from cityexchange.forums.models import Forum, Post, ReadPosition, Topic
from cityexchange.members.models import Member
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import Registration

SMALL = volume.Size(
    members=10, forums=3, topics=12, posts=150, rooms=3, messages=40, workshops=3, registrants=14
)


@pytest.fixture(autouse=True)
def few_texts(monkeypatch):
    monkeypatch.setattr(volume.words, "DIFFERENT", 20)


def content():
    """A digest of all that was said, by whom and where, without the ids of the rows."""
    posts = (
        select(Topic.title, Post.position, Member.email, Post.text, Post.posted_at)
        .join(Post.topic)
        .join(Post.author)
    )
    messages = select(Room.name, Message.number, Message.text).join(Message.room)
    workshops = select(Workshop.title, Workshop.text)
    rows = [sorted(map(str, db.session.execute(query))) for query in (posts, messages, workshops)]
    return sha256(repr(rows).encode()).hexdigest()


def test_positions_and_numbers_have_no_gaps_and_counters_are_true():
    volume.load(SMALL)
    for topic in db.session.scalars(select(Topic)):
        posts = db.session.scalars(select(Post).filter_by(topic_id=topic.id).order_by(Post.position)).all()
        assert [post.position for post in posts] == list(range(1, topic.post_count + 1))
        assert topic.last_author_id == posts[-1].author_id and topic.last_posted_at == posts[-1].posted_at
    for room in db.session.scalars(select(Room)):
        numbers = select(Message.number).filter_by(room_id=room.id).order_by(Message.number)
        assert db.session.scalars(numbers).all() == list(range(1, room.newest + 1))
    for forum in db.session.scalars(select(Forum)):
        counts = select(func.count(), func.sum(Topic.post_count)).filter_by(forum_id=forum.id)
        assert tuple(db.session.execute(counts).one()) == (forum.topic_count, forum.post_count)


def test_there_is_as_much_as_was_asked_for():
    volume.load(SMALL)
    counts = [
        db.session.scalar(select(func.count()).select_from(m)) for m in (Topic, Post, Message, Workshop)
    ]
    assert counts == [12, 150, 40, 3]
    assert db.session.scalar(select(func.count(Member.id))) == 14  # who registers is a member too
    per_workshop = select(func.count(Registration.id)).group_by(Registration.workshop_id)
    assert db.session.scalars(per_workshop).all() == [14]
    assert db.session.scalar(select(func.count()).select_from(ReadPosition)) > 0


def test_everything_is_flagged_illustrative():
    volume.load(SMALL)
    for model in (Member, Forum, Topic, Post, Workshop):
        assert db.session.scalar(select(func.count()).where(~model.is_illustrative).select_from(model)) == 0


def test_the_same_size_makes_the_same_content(app):
    volume.load(SMALL)
    first = content()
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(table.delete())
    db.session.expunge_all()
    volume.load(SMALL)
    assert content() == first


def test_production_refuses_it_and_a_second_time_is_refused(app, monkeypatch):
    runner = app.test_cli_runner()
    words = [f"--{name}={number}" for name, number in vars(SMALL).items()]
    monkeypatch.setitem(app.config, "IS_DEMO_ALLOWED", False)
    refused = runner.invoke(args=["demo", "volume", *words])
    assert refused.exit_code == 1 and "not for production" in refused.output
    assert db.session.scalar(select(func.count(Post.id))) == 0
    monkeypatch.setitem(app.config, "IS_DEMO_ALLOWED", True)
    assert runner.invoke(args=["demo", "volume", *words]).exit_code == 0
    assert runner.invoke(args=["demo", "volume", *words]).exit_code == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count(Post.id))) == 150

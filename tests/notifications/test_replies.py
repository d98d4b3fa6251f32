"""Replies in topics that one follows, and answers marked: who hears of them, once, and with the transaction or not at all."""

import multiprocessing

import pytest

from cityexchange.core.db import db, unit_of_work
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Topic
from cityexchange.members.models import Member
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.forums.test_concurrency import REPLIES, at_once, reply_from_elsewhere
from tests.notifications.told import all_told, end_place, suspend, told


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro")


def topic_in(confidentiality, author):
    return start_topic(ForumFactory(space=SpaceFactory(confidentiality=confidentiality)), author)


def following(topic, member, level="following"):
    Follow.choose(member, topic, level)
    return member


# Who follows a topic of which class, and whether a reply is told.
READERS = {
    "an official": (MemberFactory, "city_officials", True),
    "a guest where all may read": (guest, "public", True),
    "a guest where members read": (guest, "members", False),
    "whose place has ended, where all may read": (lambda: former(), "public", True),
    "whose place has ended, where members read": (lambda: former(), "members", False),
    "somebody who was in a closed space": (MemberFactory, "group", False),
    "an administrator outside of a closed space": (
        lambda: MemberFactory(team_role="admin"),
        "chatham",
        False,
    ),
    "somebody suspended": (lambda: suspended(), "public", False),
    "whose account waits": (lambda: MemberFactory(state="pending"), "public", False),
}


def former():
    member = MemberFactory()
    end_place(member)
    return member


def suspended():
    member = MemberFactory()
    suspend(member)
    return member


@pytest.mark.parametrize("who", READERS)
def test_a_reply_is_told_to_followers_who_see_it(ana, ben, who):
    invite, confidentiality, hears = READERS[who]
    topic = topic_in(confidentiality, ana)
    for member in (ana, ben):
        topic.forum.space.admit(member)
    follower = following(topic, invite())
    reply = topic.post(ben, "Begin with two days a week.")

    assert told(follower) == ([("reply", f"Post:{reply.id}")] if hears else [])
    assert told(ana) == [("reply", f"Post:{reply.id}")]


@pytest.mark.parametrize("level", ["normal", "muted"])
def test_who_does_not_follow_is_not_told(ana, ben, level):
    topic = topic_in("members", ana)
    following(topic, ana, level)
    topic.post(ben, "Hello.")

    assert told(ana) == []


def test_nobody_is_told_of_their_own_words(ana, ben):
    topic = topic_in("members", ana)
    topic.post(ana, "One more thing, @ana-ruiz.")

    assert told(ana) == []


def test_whoever_is_named_hears_of_that_instead(ana, ben):
    topic = topic_in("members", ana)
    reply = topic.post(ben, "What do you think, @ana-ruiz?")

    assert told(ana) == [("mention", f"Post:{reply.id}")]


def test_the_line_says_where_it_stands_and_nothing_of_who_wrote(ana, ben):
    topic = topic_in("chatham", ana)
    for member in (ana, ben):
        topic.forum.space.admit(member)
    reply = topic.post(ben, "Between us.")
    [line] = all_told()

    assert (line.conversation, line.position) == (f"Topic:{topic.id}", 2)
    assert line.facts == {} and line.template is None
    assert line.created_at == reply.posted_at and line.created_at.second == line.created_at.microsecond == 0


def test_the_same_reply_twice_is_told_once(ana, ben):
    topic = topic_in("members", ana)
    for _ in range(2):
        topic.post(ben, "Hello.", nonce="pressed-twice")

    assert len(told(ana)) == 1


def test_an_edit_of_a_reply_is_not_told_again(ana, ben):
    topic = topic_in("members", ana)
    reply = topic.post(ben, "Hello.")
    reply.edit(ben, "Hello there.", version=1)

    assert told(ana) == [("reply", f"Post:{reply.id}")]


def test_what_is_undone_was_told_to_nobody(ana, ben):
    topic = topic_in("members", ana)
    db.session.commit()

    def break_off():
        with unit_of_work():
            db.session.get(Topic, topic.id).post(db.session.get(Member, ben.id), "Hello, @ana-ruiz.")
            raise KeyError

    with pytest.raises(KeyError):
        break_off()

    assert all_told() == []


# Who marks Ben's answer in Ana's topic, and who hears of it.
MARKS = {
    "the asker": ("ana", {"ben", "follower"}),
    "a facilitator": ("facilitator", {"ana", "ben", "follower"}),
    "who wrote the answer": ("ben", {"ana", "follower"}),
}


@pytest.mark.parametrize("who", MARKS)
def test_a_marked_answer_is_told_to_its_author_and_the_followers(ana, ben, who):
    topic = topic_in("members", ana)
    people = {"ana": ana, "ben": ben, "facilitator": MemberFactory(team_role="facilitator")}
    people["follower"] = following(topic, MemberFactory())
    reply = topic.post(ben, "Begin small.")
    marker, hearing = MARKS[who]
    for _ in range(2):
        topic.mark_answer(reply, people[marker])

    marks = {name: told(one, kind="answer") for name, one in people.items()}
    assert marks == {name: [("answer", f"Post:{reply.id}")] if name in hearing else [] for name in people}


@pytest.mark.parametrize("level", ["normal", "muted"])
def test_the_author_hears_of_the_mark_unless_the_topic_is_muted(ana, ben, level):
    topic = topic_in("members", ana)
    reply = topic.post(ben, "Begin small.")
    following(topic, ben, level)
    topic.mark_answer(reply, ana)

    assert len(told(ben)) == (level == "normal")


def test_a_mark_taken_away_is_told_no_more_and_a_moved_one_is_told_of_its_new_place(ana, ben):
    topic = topic_in("members", ana)
    first, second = topic.post(ben, "One."), topic.post(ben, "Two.")
    topic.mark_answer(first, ana)
    topic.mark_answer(second, ana)
    assert told(ben) == [("answer", f"Post:{second.id}")]

    topic.unmark_answer(second)
    assert told(ben) == []


def test_an_opening_is_no_reply(ana, ben):
    topic = topic_in("members", ana)
    opening(topic).edit(ana, "Otherwise.", version=1)

    assert all_told() == []


def test_two_processes_that_say_the_same_at_once_tell_it_once(app, ana, ben, database_url):
    topic = topic_in("members", ana)
    context = multiprocessing.get_context("fork")
    start = context.Barrier(2)
    processes = [
        context.Process(target=reply_from_elsewhere, args=(app, topic.id, ben.id, start)) for _ in range(2)
    ]
    at_once(processes)

    assert [process.exitcode for process in processes] == [0, 0]
    assert len(told(ana)) == len(set(told(ana))) == REPLIES

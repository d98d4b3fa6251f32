"""Whom the four levels tell of what: new topics, replies, changes of a topic, messages of a room."""

import pytest

from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from cityexchange.notifications.models import Notification
from cityexchange.notifications.reading import mark_seen
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.notifications.told import told


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", handle="ana-ruiz")


@pytest.fixture
def ben():
    return MemberFactory(name="Ben Okoro", handle="ben-okoro")


def places_in(confidentiality="members"):
    """{word: record}: what a topic of this class begins in."""
    space = SpaceFactory(confidentiality=confidentiality)
    return {"space": space, "forum": ForumFactory(space=space), "theme": ThemeFactory(key="housing")}


def kinds(member):
    return [kind for kind, _ in told(member)]


@pytest.mark.parametrize("place", ["space", "forum", "theme"])
@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("muted", []),
        ("normal", []),
        ("following", ["topic"]),
        ("everything", ["topic", "reply", "answer", "change", "change"]),
    ],
)
def test_of_what_topics_stand_in_a_level_says_what_is_told(ana, ben, place, level, heard):
    places = places_in()
    Follow.choose(ana, places[place], level)
    topic = start_topic(places["forum"], ben, themes=(places["theme"],))
    reply = topic.post(MemberFactory(), "We have one.")
    topic.mark_answer(reply, ben)
    topic.close(ben)
    topic.reopen(ben)

    assert kinds(ana) == heard


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("muted", []),
        ("normal", ["mention"]),
        ("following", ["reply", "mention", "answer"]),
        ("everything", ["reply", "mention", "answer", "change"]),
    ],
)
def test_of_a_topic_a_level_says_what_is_told(ana, ben, level, heard):
    topic = start_topic(author=ben)
    Follow.choose(ana, topic, level)
    reply = topic.post(MemberFactory(), "We have one.")
    topic.post(ben, "And you, @ana-ruiz?")
    topic.mark_answer(reply, ben)
    topic.close(ben)

    assert kinds(ana) == heard


def test_that_a_topic_is_closed_is_told_here_and_mailed_to_nobody(ana, ben):
    topic = start_topic(author=ben)
    Follow.choose(ana, topic, "everything")
    topic.post(ben, "One more thing.")
    topic.close(ben)
    rows = db.session.scalars(db.select(Notification).filter_by(member_id=ana.id))

    assert {row.kind: row.mailed_at is None for row in rows} == {"reply": True, "change": False}


def test_a_new_topic_is_told_once_however_many_of_its_places_one_follows(ana, ben):
    places = places_in()
    for place in places.values():
        Follow.choose(ana, place, "everything")
    topic = start_topic(places["forum"], ben, themes=(places["theme"],))

    assert told(ana) == [("topic", f"Topic:{topic.id}")]


def test_who_begins_a_topic_or_is_named_in_it_hears_of_no_new_topic(ana, ben):
    places = places_in()
    for member in (ana, ben):
        Follow.choose(member, places["forum"], "following")
    start_topic(places["forum"], ben, text="Do you know, @ana-ruiz?")

    assert kinds(ana) == ["mention"] and kinds(ben) == []


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_a_theme_tells_nothing_of_a_space_that_one_is_not_in(ana, ben, confidentiality):
    places = places_in(confidentiality)
    places["space"].admit(ben)
    inside = MemberFactory()
    places["space"].admit(inside)
    for member in (ana, inside):
        Follow.choose(member, places["theme"], "everything")
    start_topic(places["forum"], ben, themes=(places["theme"],)).post(ben, "Between us.")

    assert kinds(ana) == [] and kinds(inside) == ["topic", "reply"]


def test_the_new_topic_is_read_with_its_page(ana, ben):
    places = places_in()
    Follow.choose(ana, places["forum"], "following")
    topic = start_topic(places["forum"], ben)
    mark_seen(ana.id, topic, 1, 1)

    assert unread(ana) == 0


def unread(member):
    waiting = db.select(db.func.count()).where(
        Notification.member_id == member.id, Notification.read_at.is_(None)
    )
    return db.session.scalar(waiting)


@pytest.mark.parametrize(
    ("place", "level", "heard"),
    [
        ("room", "muted", 0),
        ("room", "normal", 0),
        ("room", "following", 1),
        ("room", "everything", 3),
        ("space", "following", 0),
        ("space", "everything", 3),
    ],
)
def test_of_a_room_a_level_says_how_many_of_three_messages_are_told(ana, ben, place, level, heard):
    room = RoomFactory()
    Follow.choose(ana, {"room": room, "space": room.space}[place], level)
    for n in range(3):
        room.post(ben, f"Message {n}")

    assert kinds(ana) == ["message"] * heard and kinds(ben) == []


def test_after_reading_the_next_message_is_told_again(ana, ben):
    room = RoomFactory()
    Follow.choose(ana, room, "following")
    for n in range(2):
        room.post(ben, f"Message {n}")
    room.read(ana, 2)
    for n in range(2):
        room.post(ben, f"Later {n}")

    assert len(told(ana)) == 2 and unread(ana) == 1


def test_who_is_named_or_answered_in_a_room_hears_of_that_alone(ana, ben):
    room = RoomFactory()
    Follow.choose(ana, room, "everything")
    first = room.post(ana, "Hello")
    room.post(ben, "Good morning, @ana-ruiz")
    room.post(ben, "And to you", reply_to=first)

    assert kinds(ana) == ["mention", "reply"]


@pytest.mark.parametrize("place", ["room", "space"])
def test_a_muted_room_calls_nobody(ana, ben, place):
    room = RoomFactory()
    Follow.choose(ana, {"room": room, "space": room.space}[place], "muted")
    first = room.post(ana, "Hello")
    room.post(ben, "Are you there, @ana-ruiz?", reply_to=first)

    assert told(ana) == []


def test_what_is_said_in_a_closed_room_reaches_who_is_in_it(ana, ben):
    room = RoomFactory(space=SpaceFactory(confidentiality="group"))
    room.space.admit(ben)
    for member in (ana, inside := MemberFactory()):
        Follow.choose(member, room, "everything")
    room.space.admit(inside)
    room.post(ben, "Between us")

    assert kinds(ana) == [] and kinds(inside) == ["message"]

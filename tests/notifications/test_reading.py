"""What one has read where it was said is read at the bell, too; what came after it, and elsewhere, is not."""

import pytest

from cityexchange.core.db import db
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import start_topic

HANDLE = "zoe-adjei"


@pytest.fixture
def zoe():
    return MemberFactory(handle=HANDLE)


@pytest.fixture
def writer():
    return MemberFactory()


def unread_of(member):
    """Positions of what is unread, by conversation."""
    db.session.expire_all()
    lines = db.select(Notification).filter_by(member_id=member.id, read_at=None).order_by(Notification.id)
    return [(line.conversation.partition(":")[0], line.position) for line in db.session.scalars(lines)]


def test_a_topic_is_read_up_to_where_one_has_read(sign_in, zoe, writer):
    topic, other = start_topic(author=zoe), start_topic(author=zoe)
    for text in ("One.", "Two.", "Three."):
        topic.post(writer, text)
    other.post(writer, "Elsewhere.")
    browser = sign_in(zoe)

    assert browser.post(f"/topics/{topic.id}/read", data={"position": 3}).status_code == 204
    assert unread_of(zoe) == [("Topic", 4), ("Topic", 2)]

    browser.post(f"/topics/{topic.id}/read")
    assert unread_of(zoe) == [("Topic", 2)]


def test_of_others_nothing_is_read(sign_in, zoe, writer):
    topic = start_topic(author=zoe)
    topic.post(writer, "One.")
    sign_in(MemberFactory()).post(f"/topics/{topic.id}/read")

    assert unread_of(zoe) == [("Topic", 2)]


def test_who_answers_has_read_what_came_before(zoe, writer):
    topic = start_topic(author=zoe)
    topic.post(writer, "One.")
    topic.post(zoe, "Thank you.")

    assert unread_of(zoe) == []


def test_a_room_is_read_up_to_where_one_has_read(zoe, writer):
    room, other = RoomFactory(), RoomFactory()
    for place in (room, room, other):
        place.post(writer, f"@{HANDLE}, see.")
    room.read(zoe, 1)
    assert unread_of(zoe) == [("Room", 2), ("Room", 1)]

    room.read(zoe, 2)
    assert unread_of(zoe) == [("Room", 1)]


def test_the_moment_of_reading_stays(zoe, writer):
    room = RoomFactory()
    room.post(writer, f"@{HANDLE}, see.")
    room.read(zoe, 1)
    [first] = db.session.scalars(db.select(Notification.read_at))
    room.read(zoe, 1)

    assert db.session.scalars(db.select(Notification.read_at)).all() == [first]

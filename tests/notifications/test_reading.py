"""What one has read where it was said is read at the bell, too; what came after it, and elsewhere, is not."""

import pytest

from cityexchange.chat.reading import PAGE
from cityexchange.core.db import db
from cityexchange.forums.models import ReadPosition
from cityexchange.languages.models import translate
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


def test_who_answers_has_read_so_far_and_of_what_came_before_only_what_was_seen(zoe, writer):
    topic = start_topic(author=zoe)
    topic.post(writer, "One.")
    topic.post(zoe, "Thank you.")

    assert unread_of(zoe) == [("Topic", 2)]
    assert db.session.scalar(db.select(ReadPosition.position).filter_by(member_id=zoe.id)) == 3


@pytest.fixture
def long_topic(zoe, writer):
    """Three pages: she is told of a reply on the first, of others on each, and is named on the third."""
    topic = start_topic(author=zoe)
    for number in range(2, 46):
        topic.post(writer, f"Reply {number}." if number != 45 else f"@{HANDLE}, see.")
    return topic


def positions(member):
    return {position for _place, position in unread_of(member)}


def test_on_one_page_of_a_topic_nothing_is_read_that_stands_on_others(sign_in, zoe, long_topic):
    browser, told = sign_in(zoe), set(range(2, 46))
    assert positions(zoe) == told

    for since, until, left in ((1, 20, set(range(21, 46))), (41, 44, {*range(21, 41), 45})):
        seen = {"position": until, "since": since}
        assert browser.post(f"/topics/{long_topic.id}/read", data=seen).status_code == 204
        assert positions(zoe) == left


def test_two_tabs_read_what_each_of_them_shows(sign_in, zoe, long_topic):
    """The last page first: how far one has read goes back in no tab, and says nothing of the pages between."""
    one, other = sign_in(zoe), sign_in(zoe)
    one.post(f"/topics/{long_topic.id}/read", data={"position": 45, "since": 41})
    assert positions(zoe) == set(range(2, 41))

    other.post(f"/topics/{long_topic.id}/read", data={"position": 7, "since": 5})
    assert positions(zoe) == {*range(2, 5), *range(8, 41)}
    assert db.session.scalar(db.select(ReadPosition.position).filter_by(member_id=zoe.id)) == 45


def test_a_page_of_before_which_does_not_tell_where_it_began_reads_no_other(sign_in, zoe, long_topic):
    sign_in(zoe).post(f"/topics/{long_topic.id}/read", data={"position": 43})

    assert positions(zoe) == {*range(2, 41), 44, 45}


@pytest.mark.parametrize("wrong", ["-5", "x", "99999999999999999999"])
def test_where_it_is_nonsense_nothing_further_down_is_read(sign_in, zoe, long_topic, wrong):
    sent = sign_in(zoe).post(f"/topics/{long_topic.id}/read", data={"position": 20, "since": wrong})

    assert sent.status_code == 204 and positions(zoe) >= set(range(21, 46))


def test_what_is_told_of_a_topic_as_a_whole_is_read_with_any_of_it(sign_in, zoe, long_topic):
    translate(long_topic, "title", "fr", "Comment commencer ?", author=MemberFactory())
    assert None in positions(zoe)
    sign_in(zoe).post(f"/topics/{long_topic.id}/read", data={"position": 30, "since": 30})

    assert positions(zoe) == set(range(2, 46)) - {30}


def test_a_translation_is_read_where_the_translated_words_stand(sign_in, zoe, writer, long_topic):
    reply = long_topic.post(zoe, "We have one desk.")
    translate(reply, "text", "fr", "Nous avons un guichet.", author=MemberFactory())
    browser = sign_in(zoe)
    assert 46 in positions(zoe)

    browser.post(f"/topics/{long_topic.id}/read", data={"position": 20, "since": 1})
    assert 46 in positions(zoe)
    browser.post(f"/topics/{long_topic.id}/read", data={"position": 46, "since": 46})
    assert 46 not in positions(zoe)


def test_a_room_is_read_up_to_where_one_has_read(zoe, writer):
    room, other = RoomFactory(), RoomFactory()
    for place in (room, room, other):
        place.post(writer, f"@{HANDLE}, see.")
    room.read(zoe, 1)
    assert unread_of(zoe) == [("Room", 2), ("Room", 1)]

    room.read(zoe, 2)
    assert unread_of(zoe) == [("Room", 1)]


def test_of_a_room_only_what_came_into_view_is_read(zoe, writer, connect):
    room = RoomFactory()
    for _ in range(4):
        room.post(writer, f"@{HANDLE}, see.")
    line = connect(zoe)

    assert line.say("room:read", room_id=room.id, number=3, since=2) == {"ok": True}
    assert positions(zoe) == {1, 4}


def test_on_an_earlier_page_of_a_room_its_own_messages_are_read(sign_in, zoe, writer):
    room = RoomFactory()
    for _ in range(4):
        room.post(writer, f"@{HANDLE}, see.")

    seen = {"position": 2, "since": 1}
    assert sign_in(zoe).post(f"/chat/rooms/{room.id}/read", data=seen).status_code == 204
    assert positions(zoe) == {3, 4}


def test_without_scripts_the_button_of_a_room_reads_what_its_page_shows(sign_in, zoe, writer):
    room = RoomFactory()
    for _ in range(PAGE + 1):
        room.post(writer, f"@{HANDLE}, see.")

    assert sign_in(zoe).post(f"/chat/rooms/{room.id}/read").status_code == 303
    assert positions(zoe) == {1}


def test_who_says_something_has_read_no_more_than_was_seen(zoe, writer, sign_in):
    room = RoomFactory()
    room.post(writer, f"@{HANDLE}, see.")
    sign_in(zoe).post(f"/chat/rooms/{room.id}/messages", data={"text": "Thanks", "nonce": "n1"})

    assert positions(zoe) == {1}


def test_the_moment_of_reading_stays(zoe, writer):
    room = RoomFactory()
    room.post(writer, f"@{HANDLE}, see.")
    room.read(zoe, 1)
    [first] = db.session.scalars(db.select(Notification.read_at))
    room.read(zoe, 1)

    assert db.session.scalars(db.select(Notification.read_at)).all() == [first]

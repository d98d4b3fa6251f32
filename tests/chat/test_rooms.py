import pytest

from cityexchange.chat.models import Message
from cityexchange.chat.reading import shown_after, shown_before
from cityexchange.core.db import db
from tests.chat.factories import RoomFactory, place_of
from tests.factories import MemberFactory


def test_numbers_start_at_one_and_have_no_gaps():
    room, author = RoomFactory(), MemberFactory()
    assert [room.post(author, "hello").number for _ in range(3)] == [1, 2, 3]
    assert room.newest == 3


def test_each_room_counts_for_itself():
    author = MemberFactory()
    RoomFactory().post(author, "hello")
    assert RoomFactory().post(author, "hello").number == 1


def test_the_same_nonce_is_the_same_message_and_takes_no_number():
    room, author = RoomFactory(), MemberFactory()
    first = room.post(author, "hello", nonce="a")
    assert room.post(author, "hello again", nonce="a") is first
    assert room.post(author, "next", nonce="b").number == 2


def test_two_members_may_have_the_same_nonce():
    room = RoomFactory()
    assert room.post(MemberFactory(), "one", nonce="a") is not room.post(MemberFactory(), "two", nonce="a")


def test_a_removed_message_leaves_its_number_and_nothing_else():
    room, author = RoomFactory(), MemberFactory()
    message = room.post(author, "my telephone number", nonce="a")
    message.react(author, "👍")
    message.remove()
    db.session.expire_all()

    kept = db.session.scalars(db.select(Message)).one()
    assert kept.number == 1 and kept.is_removed
    assert (kept.text, kept.html, kept.reactions) == ("", "", [])
    assert room.post(author, "next").number == 2


def test_a_message_remembers_the_city_it_was_said_from():
    room, author = RoomFactory(), MemberFactory()
    city = author.city
    message = room.post(author, "hello")
    author.seat.end()
    db.session.expire_all()
    assert message.author_city == city


def test_reading_never_goes_backwards():
    room, member = RoomFactory(newest=10), MemberFactory()
    room.read(member, 7)
    room.read(member, 3)
    assert place_of(member, room).last_read == 7


def test_reading_is_noted_for_each_in_each_room():
    room, other = RoomFactory(newest=10), RoomFactory(newest=10)
    member, colleague = MemberFactory(), MemberFactory()
    for who, where, number in (
        (member, room, 7),
        (member, other, 2),
        (colleague, room, 4),
        (member, room, 9),
    ):
        where.read(who, number)
    found = [place_of(*one).last_read for one in ((member, room), (member, other), (colleague, room))]
    assert found == [9, 2, 4] and place_of(colleague, other) is None


def test_reacting_twice_takes_the_sign_back():
    room, member = RoomFactory(), MemberFactory()
    message = room.post(member, "hello")
    message.react(member, "👍")
    message.react(MemberFactory(), "👍")
    assert message.reaction_counts == {"👍": 2}
    message.react(member, "👍")
    assert message.reaction_counts == {"👍": 1}


def test_only_our_signs_can_be_given():
    message = RoomFactory().post(MemberFactory(), "hello")
    with pytest.raises(ValueError, match="not one of"):
        message.react(MemberFactory(), "💣")


def test_history_is_read_in_pages_from_either_end(app):
    room, author = RoomFactory(), MemberFactory()
    for n in range(10):
        room.post(author, f"message {n}")
    with app.test_request_context("/"):
        assert [m.number for m in shown_after(room, author, 3, 4)] == [4, 5, 6, 7]
        assert [m.number for m in shown_before(room, author, 8, 4)] == [4, 5, 6, 7]
        assert [m.number for m in shown_before(room, author, 11, 50)] == list(range(1, 11))

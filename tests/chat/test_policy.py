import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import can, visible_to
from cityexchange.members.models import Visitor
from tests.chat.factories import RoomFactory, place_of
from tests.factories import MemberFactory, SpaceFactory


def sees(member, record):
    model = type(record)
    return db.session.scalar(visible_to(member, model).where(model.id == record.id)) is record


@pytest.mark.parametrize("confidentiality", ["public", "members", "city_officials", "group", "chatham"])
def test_visitors_see_no_room_of_any_space(confidentiality):
    room = RoomFactory(space__confidentiality=confidentiality)
    message = room.post(MemberFactory(), "hello")
    assert not sees(Visitor(), room) and not sees(Visitor(), message)


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_a_closed_space_keeps_its_rooms_to_those_let_in(confidentiality):
    room = RoomFactory(space__confidentiality=confidentiality)
    inside, outside = MemberFactory(), MemberFactory(team_role="admin")
    room.space.admit(inside)
    message = room.post(inside, "hello")

    assert sees(inside, room) and sees(inside, message)
    assert not sees(outside, room) and not sees(outside, message)


def test_a_closed_room_is_read_but_not_written_in():
    room, member = RoomFactory(), MemberFactory()
    assert can(member, "post", room)
    room.archive()
    assert sees(member, room) and not can(member, "post", room)


def test_rooms_of_an_archived_space_take_no_messages():
    room = RoomFactory(space=SpaceFactory(archived_at=utcnow()))
    assert not can(MemberFactory(), "post", room)


def test_only_the_author_edits_and_the_facilitator_may_remove():
    room, author, other = RoomFactory(), MemberFactory(), MemberFactory()
    facilitator = MemberFactory(team_role="facilitator")
    message = room.post(author, "hello")

    assert [can(m, "edit", message) for m in (author, other, facilitator)] == [True, False, False]
    assert [can(m, "remove", message) for m in (author, other, facilitator)] == [True, False, True]


def test_what_was_removed_is_not_touched_again():
    room, author = RoomFactory(), MemberFactory()
    message = room.post(author, "hello")
    message.remove()
    assert not any(can(author, verb, message) for verb in ("edit", "remove", "react"))


def test_only_facilitators_close_a_room():
    room, facilitator = RoomFactory(), MemberFactory()
    room.space.admit(facilitator, role="facilitator")
    assert can(facilitator, "archive", room)
    assert not can(MemberFactory(), "archive", room)


def test_nobody_sees_how_far_others_have_read():
    room, member = RoomFactory(newest=1), MemberFactory()
    room.read(member, 1)
    db.session.flush()
    occupancy = place_of(member, room)
    assert sees(member, occupancy) and not sees(MemberFactory(team_role="admin"), occupancy)

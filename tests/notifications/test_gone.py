"""What is gone, or not to be seen any more, is told no more: at once, with what made it so."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from cityexchange.core.db import clock_at, db, unit_of_work, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.forums.models import Topic
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.noon import tell
from tests.notifications.told import told

WRITER = "writer-one"


@pytest.fixture
def writer():
    return MemberFactory(handle=WRITER)


def told_in(space, member, writer):
    """The member is named in the forum and in a room of a space, if they may read there."""
    topic = start_topic(ForumFactory(space=space), writer, text=f"Hello @{member.handle}.")
    RoomFactory(space=space).post(writer, f"Hello @{member.handle}.")
    db.session.commit()
    return topic


def leave(member, space):
    space.leave(member)


def end_place(member, space):
    member.seat.end()


def leave_the_team(member, space):
    member.team_role = None


def suspend(member, space):
    member.suspend()


def suspend_the_city(member, space):
    member.city.become("suspended", "suspend")


def close(member, space):
    space.change(space.opener, confidentiality="group")


def widen(member, space):
    space.change(space.opener, confidentiality="public")


# Who was told in a space of which class, what they lose, and how much of what was said in the forum and the room is left to them.
LOSSES = {
    "who left a closed space": (MemberFactory, "group", True, leave, 0),
    "who left an open space still reads it": (MemberFactory, "members", True, leave, 2),
    "whose place ended": (MemberFactory, "members", False, end_place, 0),
    "whose place ended, but for the forum that all may read": (MemberFactory, "public", False, end_place, 1),
    "whose place ended, where they were let in": (MemberFactory, "group", True, end_place, 2),
    "who left the team": (
        lambda: MemberFactory(team_role="organiser", city=None), "members", False, leave_the_team, 0,
    ),
    "who left the team, and holds a place": (
        lambda: MemberFactory(team_role="admin"), "city_officials", False, leave_the_team, 2,
    ),
    "who is suspended": (MemberFactory, "public", False, suspend, 0),
    "whose city is suspended": (MemberFactory, "city_officials", False, suspend_the_city, 0),
    "whose city is suspended, where all members read": (MemberFactory, "members", False, suspend_the_city, 2),
    "whom a space is closed to": (MemberFactory, "members", False, close, 0),
    "who is in when it closes": (MemberFactory, "members", True, close, 2),
    "a guest let in": (guest, "group", True, widen, 2),
    "a member where it opens": (MemberFactory, "members", False, widen, 2),
}  # fmt: skip


@pytest.mark.parametrize("who", LOSSES)
def test_a_lost_right_takes_along_what_it_showed(writer, who):
    invite, confidentiality, is_in, lose, left = LOSSES[who]
    member, space = invite(), SpaceFactory(confidentiality=confidentiality)
    space.opener = writer
    for one in [writer, member] if is_in else [writer]:
        space.admit(one)
    told_in(space, member, writer)
    other = MemberFactory()
    space.admit(other)
    told_in(space, other, writer)
    before = len(told(member))
    assert before == 2 and len(told(other)) == 2

    lose(member, space)
    db.session.commit()

    assert (len(told(member)), len(told(other))) == (left, 2)


def test_a_right_that_ends_by_its_date_is_looked_for(writer):
    member = MemberFactory()
    told_in(SpaceFactory(), member, writer)
    member.seat.end(on=(utcnow() + timedelta(days=30)).date())
    db.session.commit()
    run_sweep("notifications_of_ended_rights")
    assert len(told(member)) == 2

    member.seat.until = utcnow().date()  # as when the day has come
    db.session.execute(
        db.text("UPDATE seats SET until = :day WHERE id = :id"),
        {"day": utcnow().date(), "id": member.seat.id},
    )
    db.session.commit()
    run_sweep("notifications_of_ended_rights")
    assert told(member) == []


def test_of_many_whose_rights_end_each_is_looked_at_in_a_unit_of_its_own(writer):
    """Whoever writes waits for one of them at most; who was told nothing is not looked at."""
    members, space, happened = MemberFactory.create_batch(3), SpaceFactory(), []
    for member in members:
        told_in(space, member, writer)
        member.seat.until = utcnow().date()
    db.session.execute(db.delete(Notification).filter_by(member_id=members[0].id))
    db.session.commit()

    def note_statement(_connection, _cursor, statement, *_rest):
        happened.append("delete" if statement.startswith("DELETE FROM notifications") else "")

    def note_commit(_connection):
        happened.append("commit")

    event.listen(db.engine, "before_cursor_execute", note_statement)
    event.listen(db.engine, "commit", note_commit)
    try:
        run_sweep("notifications_of_ended_rights")
    finally:
        event.remove(db.engine, "before_cursor_execute", note_statement)
        event.remove(db.engine, "commit", note_commit)
    units = [unit for unit in "".join(happened).split("commit") if "delete" in unit]
    assert len(units) == 2 and [told(member) for member in members] == [[], [], []]


def test_a_loss_that_is_undone_takes_nothing_along(writer):
    member, space = MemberFactory(), SpaceFactory(confidentiality="group")
    for one in (writer, member):
        space.admit(one)
    told_in(space, member, writer)

    def break_off():
        with unit_of_work():
            space.leave(member)
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    db.session.commit()

    assert len(told(member)) == 2


def test_what_is_removed_is_told_no_more(writer):
    member = MemberFactory()
    topic = start_topic(author=member)
    reply, other = topic.post(writer, "One."), topic.post(writer, "Two.")
    message = RoomFactory().post(writer, f"Hello @{member.handle}.")
    reply.remove(writer)
    message.remove()

    assert told(member) == [("reply", f"Post:{other.id}")]


def test_a_topic_goes_with_its_opening(writer):
    member = MemberFactory()
    topic = start_topic(author=writer, text=f"Hello @{member.handle}.")
    opening(topic).remove(writer)
    db.session.commit()

    assert told(member) == []


@pytest.mark.parametrize("state", ["held", "removed"])
def test_what_is_hidden_is_told_to_those_alone_who_still_see_it(writer, state):
    asker, follower, facilitator = MemberFactory(), MemberFactory(), MemberFactory(team_role="facilitator")
    topic = start_topic(author=asker)
    topic.post(writer, f"@{follower.handle}, @{facilitator.handle}?")
    topic.state = state
    db.session.commit()

    left = {"asker": len(told(asker)), "follower": len(told(follower)), "facilitator": len(told(facilitator))}
    assert left == {"asker": state == "held", "follower": 0, "facilitator": 1}


def test_to_hide_a_topic_costs_the_same_however_many_were_told(writer, count_queries):
    """Others wait for the lock meanwhile: it is held until all of them have been looked at."""
    asked = []
    for number in (2, 12):
        topic = start_topic(author=writer)
        for member in MemberFactory.create_batch(number):
            tell(member, "topic", topic, topic)
        with count_queries() as statements:
            topic.state = "removed"
            db.session.commit()
        asked.append(len(statements))

    assert asked[0] == asked[1]
    assert not db.session.scalar(db.select(db.func.count()).select_from(Notification))


@pytest.mark.parametrize("root", ["topic", "forum", "room", "space"])
def test_a_deleted_record_takes_along_what_was_told_of_its_parts(writer, root):
    member, space = MemberFactory(), SpaceFactory()
    topic = told_in(space, member, writer)
    room = RoomFactory(space=space)
    room.post(writer, f"@{member.handle}?")
    db.session.delete({"topic": topic, "forum": topic.forum, "room": room, "space": space}[root])
    db.session.commit()

    assert len(told(member)) == {"topic": 2, "forum": 2, "room": 2, "space": 0}[root]


def test_what_the_database_itself_deleted_goes_with_the_next_sweep(writer):
    member = MemberFactory()
    topic = start_topic(author=member)
    topic.post(writer, "Hello.")
    other = start_topic(author=member).post(writer, "Hello.")
    db.session.execute(db.delete(Topic).where(Topic.id == topic.id))
    run_sweep("notifications_tidying")

    assert told(member) == [("reply", f"Post:{other.id}")]


def test_what_is_half_a_year_old_goes(writer):
    member = MemberFactory()
    topic = start_topic(author=member)
    with clock_at(utcnow() - timedelta(days=181)):
        topic.post(writer, "Long ago.")
    with clock_at(utcnow() - timedelta(days=179)):
        topic.post(writer, "Not so long ago.")
    run_sweep("notifications_tidying")

    kept = db.session.scalars(db.select(Notification).filter_by(member_id=member.id))
    assert [line.position for line in kept] == [3]

from datetime import UTC, datetime

import pytest

from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.events.models import EventSession, Schedule, Slot
from cityexchange.events.times import NoSuchTime
from cityexchange.members.models import Visitor
from tests.workshops.factories import WorkshopFactory, organiser


def slot(start, end, title="Opening", session_id=None):
    return Slot(title, datetime.fromisoformat(start), datetime.fromisoformat(end), session_id)


@pytest.fixture
def schedule():
    schedule = Schedule()
    db.session.add(schedule)
    schedule.plan(
        "Europe/Madrid",
        [
            slot("2027-10-04 09:00", "2027-10-04 10:30", "First"),
            slot("2027-11-12 09:00", "2027-11-12 17:00", "Last"),
        ],
    )
    return schedule


def test_instants_follow_the_wall_clock_over_a_clock_change(schedule):
    db.session.expire_all()

    assert [s.starts_at for s in schedule.held] == [
        datetime(2027, 10, 4, 7, tzinfo=UTC),
        datetime(2027, 11, 12, 8, tzinfo=UTC),
    ]
    assert (schedule.starts_at, schedule.ends_at) == (
        datetime(2027, 10, 4, 7, tzinfo=UTC),
        datetime(2027, 11, 12, 16, tzinfo=UTC),
    )


def test_another_zone_keeps_the_wall_clock_and_moves_the_instants(schedule):
    slots = [Slot(s.title, s.wall_starts, s.wall_ends, s.id) for s in schedule.held]

    assert schedule.plan("America/Bogota", slots)

    assert schedule.held[0].wall_starts == datetime(2027, 10, 4, 9)
    assert schedule.held[0].starts_at == datetime(2027, 10, 4, 14, tzinfo=UTC)


def test_a_state_that_changes_its_clocks_moves_the_instants_and_not_the_promise(schedule):
    # As if the database of zones had said otherwise when the session was planned.
    schedule.held[1].starts_at = datetime(2027, 11, 12, 7, tzinfo=UTC)
    before = schedule.sequence

    assert schedule.retime()

    assert schedule.held[1].starts_at == datetime(2027, 11, 12, 8, tzinfo=UTC)
    assert schedule.sequence == before + 1
    assert not schedule.retime()


def test_a_moved_session_stays_itself_for_calendars(schedule):
    first, last = schedule.held
    uid = first.uid

    schedule.plan("Europe/Madrid", [slot("2027-10-05 09:00", "2027-10-05 10:30", "First", first.id)])

    assert [s.uid for s in schedule.held] == [uid]


def test_renaming_a_session_is_no_new_time(schedule):
    slots = [Slot("Renamed", s.wall_starts, s.wall_ends, s.id) for s in schedule.held]

    assert not schedule.plan("Europe/Madrid", slots)


def test_a_session_left_out_is_deleted_in_a_draft_and_called_off_once_published(schedule):
    first, last = schedule.held
    schedule.plan("Europe/Madrid", [slot("2027-10-04 09:00", "2027-10-04 10:30", "First", first.id)])
    assert db.session.query(EventSession).count() == 1

    schedule.publish()
    schedule.plan("Europe/Madrid", [slot("2027-10-06 09:00", "2027-10-06 10:30", "Other")])

    assert [s.title for s in schedule.held] == ["Other"]
    assert [s.title for s in schedule.sessions if s.called_off_at] == ["First"]


def test_another_schedules_session_cannot_be_taken_over(schedule):
    other = Schedule()
    db.session.add(other)

    other.plan("UTC", [slot("2027-10-04 09:00", "2027-10-04 10:00", "Mine", schedule.held[0].id)])

    assert schedule.held[0].title == "First"
    assert other.held[0].id != schedule.held[0].id


def test_a_skipped_time_is_refused(schedule):
    with pytest.raises(NoSuchTime):
        schedule.plan("Europe/Madrid", [slot("2027-03-28 02:30", "2027-03-28 04:00")])


def test_a_schedule_is_seen_exactly_by_those_who_see_what_it_belongs_to():
    out, draft = WorkshopFactory(is_announced=True), WorkshopFactory()

    def seen(member):
        return set(
            db.session.scalars(visible_to(member, EventSession).with_only_columns(EventSession.schedule_id))
        )

    assert seen(Visitor()) == {out.schedule_id}
    assert seen(organiser()) == {out.schedule_id, draft.schedule_id}


def test_retiming_by_command_moves_only_what_is_still_to_come(app):
    workshop = WorkshopFactory(is_announced=True)
    session = workshop.schedule.held[0]
    promised = session.starts_at
    session.starts_at = promised.replace(hour=(promised.hour + 1) % 24)
    db.session.commit()

    assert "1 schedules moved" in app.test_cli_runner().invoke(args=["events", "retime"]).output

    db.session.expire_all()
    assert session.starts_at == promised

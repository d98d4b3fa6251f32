"""The talk in the rooms of the illustrative community was held while people were at work, whenever it is loaded."""

from datetime import UTC, datetime

import pytest

from cityexchange.chat.models import Message, Room
from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.demo.content import read
from cityexchange.demo.talk import last_day, moment
from cityexchange.events.times import wall_of

TUESDAY = 1
OFFICE_HOURS = "Counting what matters"
MOMENTS = {
    "on a Monday, before anybody is at work": datetime(2027, 2, 1, 3, 0, tzinfo=UTC),
    "on a Tuesday, in the midst of the office hours": datetime(2027, 2, 2, 13, 20, tzinfo=UTC),
    "on a Saturday night": datetime(2027, 7, 10, 23, 30, tzinfo=UTC),
    "on a Sunday, when clocks have moved in America alone": datetime(2027, 3, 21, 12, 0, tzinfo=UTC),
    "on a Monday, the day after clocks moved in Europe": datetime(2027, 3, 29, 9, 0, tzinfo=UTC),
}


def zone_of(key):
    """Where this person works."""
    team = {one["key"]: one["timezone"] for one in read("extras")["team"]}
    cities = {one["slug"]: one["timezone"] for one in read("cities")["cities"]}
    return team.get(key) or cities[read("demo")["people"][key]["city"]]


@pytest.mark.no_app
@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize("room", read("extras")["rooms"], ids=lambda room: room["name"])
def test_all_who_talk_are_at_work_in_their_own_city(room, now):
    with clock_at(now):
        day = last_day(room)
    said = [(moment(day, clock, room["timezone"]), key) for clock, key, *_ in room["messages"]]

    assert sorted(said, key=lambda one: one[0]) == said and said[-1][0] < now
    for at, key in said:
        there = wall_of(at, zone_of(key))
        assert there.weekday() < 5 and 8 <= there.hour < 18, (key, there)


@pytest.mark.no_app
@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)
def test_office_hours_were_held_within_the_week_and_the_next_are_to_come(now):
    (room,) = [one for one in read("extras")["rooms"] if one["name"] == OFFICE_HOURS]
    with clock_at(now):
        day = last_day(room)
    walls = [wall_of(moment(day, clock, room["timezone"]), "Africa/Tunis") for clock, *_ in room["messages"]]

    assert {(wall.weekday(), wall.hour) for wall in walls} == {(TUESDAY, 14)}
    assert 0 <= (now.date() - day).days <= 7
    assert "Tuesdays, 14:00 to 15:00 in Tunis" in room["description"]


def test_the_room_shows_them_so(community):
    said = db.session.scalars(db.select(Message).join(Room).filter_by(name=OFFICE_HOURS)).all()

    assert {wall_of(one.posted_at, "Africa/Tunis").hour for one in said} == {14}
    assert max(one.posted_at for one in said) < utcnow()

"""What is said in the rooms of the illustrative community: on the last working day that is over, at hours when people of the room's
place are at work; where a room has office hours, on their weekday. Those have been held, and the next are to come."""

from datetime import datetime, time, timedelta

from cityexchange.chat.models import Room
from cityexchange.core.db import utcnow
from cityexchange.demo.content import read
from cityexchange.events.times import instant_of, wall_of

WORKING_DAYS = range(5)


def load_rooms(members, spaces):
    for item in read("extras")["rooms"]:
        room = Room.open(spaces[item["space"]], item["name"], item["description"], item["language"])
        day = last_day(item)
        for clock, key, language, text in item["messages"]:
            message = room.post(members[key], text)
            message.correct_language(language)
            message.posted_at = moment(day, clock, item["timezone"])


def last_day(item):
    """On which all that is said in this room was said before now."""
    weekdays = [item["weekday"]] if "weekday" in item else WORKING_DAYS
    zone, last_clock = item["timezone"], item["messages"][-1][0]
    today = wall_of(utcnow(), zone).date()
    days = (today - timedelta(days=ago) for ago in range(8))
    return next(day for day in days if day.weekday() in weekdays and moment(day, last_clock, zone) < utcnow())


def moment(day, clock, zone):
    return instant_of(datetime.combine(day, time.fromisoformat(clock)), zone)

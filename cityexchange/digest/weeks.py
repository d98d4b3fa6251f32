"""When a member's week begins: the morning of its first working day, by the clock where they are."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
ON_SUNDAY = [
    "BD",
    "BH",
    "DZ",
    "EG",
    "IL",
    "IQ",
    "JO",
    "KW",
    "LY",
    "MV",
    "OM",
    "PS",
    "QA",
    "SA",
    "SD",
    "SY",
    "YE",
]
"""Countries whose weekend ends on a Saturday that others work up to: Friday and Saturday. CLDR's, and three it does not name (BD, MV, PS)."""
ON_SATURDAY = ["AF", "IR"]
"""Whose weekend ends on Friday."""
FIRST_DAYS = dict.fromkeys(ON_SUNDAY, SUNDAY) | dict.fromkeys(ON_SATURDAY, SATURDAY)
MORNING = time(8)
LATE = timedelta(days=2)
"""A letter that could not go out in the morning goes later, until then; after that it is none for the beginning of a week."""


def first_day_of(country: str | None) -> int:
    """0 is Monday."""
    return FIRST_DAYS.get(country or "", MONDAY)


def week_at(moment: datetime, zone: str, country: str | None) -> date:
    """The first working day of the week that this moment lies in, there."""
    today = moment.astimezone(ZoneInfo(zone)).date()
    return today - timedelta(days=(today.weekday() - first_day_of(country)) % 7)


@lru_cache(maxsize=1024)
def morning_of(week: date, zone: str) -> datetime:
    return datetime.combine(week, MORNING, ZoneInfo(zone))


def is_due(moment: datetime, zone: str, country: str | None) -> bool:
    """Whether the letter of this week may go out now."""
    morning = morning_of(week_at(moment, zone, country), zone)
    return morning <= moment < morning + LATE

"""Whose clock shows what: quiet hours, working days, and the morning on which a day's mail comes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

MORNING = time(8)
"""When a day's mail comes, by the member's own clock."""
SATURDAY, SUNDAY, WEEK = 5, 6, 7


class Hours(NamedTuple):
    """Somebody's clock, the country whose working days they have, and when they want to hear nothing."""

    zone: str
    country: str | None = None
    begins: int = 20
    ends: int = 7
    on_free_days: bool = False

    def are_quiet(self, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.on_free_days and not self.is_working_day(local.date()):
            return True
        if self.begins <= self.ends:
            return self.begins <= local.hour < self.ends
        return local.hour >= self.begins or local.hour < self.ends

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in free_days(self.country)

    def morning_after(self, moment: datetime) -> datetime:
        """The next morning of a working day."""
        today = self.day_of(moment)
        days = (today + timedelta(number) for number in range(WEEK + 2))
        mornings = (self.morning_of(day) for day in days if self.is_working_day(day))
        return next(morning for morning in mornings if morning > moment)

    def morning_before(self, moment: datetime) -> datetime:
        """The morning of the last working day before the day of this moment."""
        day = self.day_of(moment)
        days = (day - timedelta(number) for number in range(1, WEEK + 1))
        return self.morning_of(next(day for day in days if self.is_working_day(day)))

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def end_of_quiet(self, moment: datetime) -> datetime:
        """The first full hour, or the moment itself, at which it is not quiet; at most a week later."""
        local = moment.astimezone(ZoneInfo(self.zone)).replace(minute=0, second=0, microsecond=0)
        hours = (local.astimezone(UTC) + timedelta(hours=number) for number in range(1, WEEK * 24))
        if not self.are_quiet(moment):
            return moment
        return next((hour for hour in hours if not self.are_quiet(hour)), moment)

    def morning_of(self, day: date) -> datetime:
        return datetime.combine(day, MORNING, ZoneInfo(self.zone)).astimezone(UTC)


@cache
def free_days(country: str | None) -> frozenset[int]:
    """The weekdays on which nobody works there, Monday being 0, as CLDR knows them: Friday alone in Iran."""
    try:
        words = Locale.parse(f"und_{country}") if country else None
    except (UnknownLocaleError, ValueError):
        words = None
    if words is None:
        return frozenset({SATURDAY, SUNDAY})
    first, last = words.weekend_start, words.weekend_end
    return frozenset((first + number) % WEEK for number in range((last - first) % WEEK + 1))

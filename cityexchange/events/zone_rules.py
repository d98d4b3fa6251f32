"""The VTIMEZONE of a zone over some years, each change of clocks by its date.

icalendar's own leaves out changes that follow no yearly rule (Morocco's, around Ramadan), so this one is ours.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cityexchange.core.later import later

icalendar = later("icalendar")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Change(NamedTuple):
    """Clocks go from one offset to another at `at` (UTC)."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


@lru_cache(maxsize=256)
def zone_rules(zone: str, first_year: int, last_year: int) -> Any:
    """Right from the first day of `first_year` to the last of `last_year`; about 5 ms a year, hence kept."""
    rules, info = icalendar.Timezone(), ZoneInfo(zone)
    rules.add("tzid", zone)
    begins = datetime(first_year, 1, 1, tzinfo=UTC)
    offset, name = _clock(info, begins)
    rules.add_component(_rule(Change(begins, offset, offset, name)))
    for change in changes(info, begins, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        rules.add_component(_rule(change))
    return rules


def changes(info: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[Change]:
    """Each change of offset between two instants, to the minute."""
    day = begins
    while day < ends:
        if _clock(info, day) != _clock(info, day + DAY):
            at = _moment_of_change(info, day, day + DAY)
            yield Change(at, _clock(info, day)[0], *_clock(info, at))
        day += DAY


def _moment_of_change(info, low, high):
    before = _clock(info, low)
    while high - low > MINUTE:
        middle = low + timedelta(minutes=(high - low) // MINUTE // 2)
        low, high = (middle, high) if _clock(info, middle) == before else (low, middle)
    return high


def _clock(info, moment):
    local = moment.astimezone(info)
    return local.utcoffset(), local.tzname()


def _rule(change):
    rule = icalendar.TimezoneDaylight() if change.after > change.before else icalendar.TimezoneStandard()
    rule.add("dtstart", (change.at + change.before).replace(tzinfo=None))
    rule.add("tzoffsetfrom", change.before)
    rule.add("tzoffsetto", change.after)
    rule.add("tzname", change.name)
    return rule

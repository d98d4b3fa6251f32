"""Times of events as a reader's language writes them; never without the zone in words beside them."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_interval, format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from cityexchange.core.i18n import CLOCK, as_dates_are_written
from cityexchange.core.zones import zone_in_words
from cityexchange.events.times import wall_of

DAY = "yMMMEd"


def time_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Tue, Mar 16, 2027, 09:00 – 17:30", in `zone`; the day of the end too where it is another."""
    # Naive on purpose: with a zone, Babel compares offsets, and would repeat the day when clocks change.
    return clock_span(wall_of(starts_at, zone), wall_of(ends_at, zone))


def clock_span(starts: datetime, ends: datetime) -> str:
    """The same from what clocks there show (naive)."""
    locale = str(get_locale())
    if starts.date() == ends.date():
        day, times = _as_written(DAY, locale, starts), _as_written(CLOCK, locale, starts, ends)
        return _("%(day)s, %(times)s", day=day, times=times)
    return _("%(begins)s to %(ends)s", begins=_day_and_time(starts, locale), ends=_day_and_time(ends, locale))


def _day_and_time(wall, locale):
    day, times = (_as_written(key, locale, wall) for key in (DAY, CLOCK))
    return _("%(day)s, %(times)s", day=day, times=times)


@lru_cache(maxsize=4096)
def _as_written(skeleton, locale, begin, end=None):
    # Babel takes up to 0.1 ms for each, and the next reader asks for the same.
    locale = as_dates_are_written(locale)
    if end is None:
        return format_skeleton(skeleton, begin, locale=locale)
    return format_interval(begin, end, skeleton, locale=locale)


def day_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Mar 16 – 17, 2027", in `zone`."""
    return days_in_words(*(wall_of(moment, zone).date() for moment in (starts_at, ends_at)))


def days_in_words(first: date, last: date) -> str:
    """ "Mar 16 – 17, 2027"."""
    return _as_written("yMMMd", str(get_locale()), first, last)


def zones_in_words(sessions, zone: str) -> list[str]:
    """The zone's names over these sessions: two where clocks change between them."""
    return list(dict.fromkeys(zone_in_words(zone, session.starts_at) for session in sessions))


def clocks_at(moment: datetime, *zones: str | None) -> list[str]:
    """Those of the zones whose clocks show different times at this moment: the first always."""
    clocks: dict[datetime, str] = {}
    for zone in filter(None, zones):
        clocks.setdefault(wall_of(moment, zone), zone)
    return list(clocks.values())


class Sitting(NamedTuple):
    """A session as a page shows it."""

    title: str
    language: str
    starts_at: datetime
    ends_at: datetime


def sessions_in(sessions, words) -> tuple[Sitting, ...]:
    """`words` as in `session_times` (templates/events/_times.html)."""
    titled = ((words["EventSession", session.id], session) for session in sessions)
    return tuple(Sitting(title.text, title.language, s.starts_at, s.ends_at) for title, s in titled)


def init_app(app):
    app.jinja_env.globals.update(sessions_in=sessions_in, clocks_at=clocks_at)
    app.jinja_env.globals.update(
        time_span=time_span, day_span=day_span, days_in_words=days_in_words, zones_in_words=zones_in_words
    )

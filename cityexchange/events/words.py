"""Times of events as a reader's language writes them; never without the zone in words beside them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_interval, format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from cityexchange.core.i18n import zone_in_words

DAY, CLOCK = "yMMMEd", "Hm"


def time_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Tue, Mar 16, 2027, 09:00 – 17:30", in `zone`; the day of the end too where it is another."""
    info, locale = ZoneInfo(zone), get_locale()
    starts, ends = starts_at.astimezone(info), ends_at.astimezone(info)
    day = format_skeleton(DAY, starts, locale=locale)
    if starts.date() == ends.date():
        # Naive on purpose: with a zone, Babel compares offsets, and would repeat the day when clocks change.
        times = format_interval(starts.replace(tzinfo=None), ends.replace(tzinfo=None), CLOCK, locale=locale)
        return _("%(day)s, %(times)s", day=day, times=times)
    return _("%(begins)s to %(ends)s", begins=_day_and_time(starts, locale), ends=_day_and_time(ends, locale))


def _day_and_time(wall, locale):
    day, times = (format_skeleton(key, wall, locale=locale) for key in (DAY, CLOCK))
    return _("%(day)s, %(times)s", day=day, times=times)


def day_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """ "Mar 16 – 17, 2027", in `zone`."""
    info = ZoneInfo(zone)
    days = (moment.astimezone(info).date() for moment in (starts_at, ends_at))
    return format_interval(*days, "yMMMd", locale=get_locale())


def zones_in_words(sessions, zone: str) -> list[str]:
    """The zone's names over these sessions: two where clocks change between them."""
    return list(dict.fromkeys(zone_in_words(zone, session.starts_at) for session in sessions))


def init_app(app):
    app.jinja_env.globals.update(time_span=time_span, day_span=day_span, zones_in_words=zones_in_words)

"""Wall clocks and instants: what an organiser writes, and when it happens everywhere else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """Clocks jump over this time on this day: nobody's watch will ever show it."""


def instant_of(wall: datetime, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` (IANA) show `wall` (naive).

    An hour that clocks show twice means its first showing, as in RFC 5545 3.3.5.
    NoSuchTime for an hour that they skip (or a whole day, as Samoa on 30 December 2011).
    """
    moment = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if wall_of(moment, zone) != wall:
        raise NoSuchTime(f"{wall:%Y-%m-%d %H:%M} does not exist in {zone}")
    return moment


def first_after(wall: datetime, zone: str) -> datetime:
    """Where clocks skip `wall`: the first time that they show again."""
    early, late = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (1, 0))
    while (between := (late - early) // 2) >= timedelta(seconds=1):
        middle = (early + between).replace(microsecond=0)
        early, late = (early, middle) if wall_of(middle, zone) > wall else (middle, late)
    return wall_of(late, zone)


def is_shown_twice(wall: datetime, zone: str) -> bool:
    """Whether clocks show `wall` a second time, after they were put back."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def wall_of(moment: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at `moment` (aware), naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def end_of_day(day: date, zone: str) -> datetime:
    """The instant after which `day` is over in `zone`, also where clocks skip midnight (Cairo, in spring)."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    # Read back from UTC: a midnight that does not exist becomes the first moment of the day that does.
    return midnight.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)

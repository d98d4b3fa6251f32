"""Wall clocks and instants across clock changes (abuse case 42). No clock is moved: these are computations."""

from datetime import UTC, date, datetime

import pytest

from cityexchange.events.times import (
    NoSuchTime,
    end_of_day,
    first_after,
    instant_of,
    is_shown_twice,
    wall_of,
)

pytestmark = pytest.mark.no_app


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        # Europe: clocks go forward on 28 March 2027 and back on 31 October 2027.
        ("2027-03-27 09:00", "Europe/Madrid", "2027-03-27 08:00"),
        ("2027-03-28 09:00", "Europe/Madrid", "2027-03-28 07:00"),
        ("2027-10-31 09:00", "Europe/Madrid", "2027-10-31 08:00"),
        # Cairo: forward at midnight of the last Friday of April, back at the end of the last Thursday of October.
        ("2027-04-29 10:00", "Africa/Cairo", "2027-04-29 08:00"),
        ("2027-04-30 10:00", "Africa/Cairo", "2027-04-30 07:00"),
        ("2027-10-29 10:00", "Africa/Cairo", "2027-10-29 08:00"),
        # Samoa: a day ahead of its neighbour since it skipped 30 December 2011; no summer time since 2021.
        ("2011-12-29 10:00", "Pacific/Apia", "2011-12-29 20:00"),
        ("2011-12-31 10:00", "Pacific/Apia", "2011-12-30 20:00"),
        ("2027-01-10 10:00", "Pacific/Apia", "2027-01-09 21:00"),
        # Tunis has no summer time, Bogotá is west, Auckland's summer is in January, Kathmandu keeps quarters.
        ("2027-07-01 09:00", "Africa/Tunis", "2027-07-01 08:00"),
        ("2027-07-01 09:00", "America/Bogota", "2027-07-01 14:00"),
        ("2027-01-10 09:00", "Pacific/Auckland", "2027-01-09 20:00"),
        ("2027-01-10 09:00", "Asia/Kathmandu", "2027-01-10 03:15"),
        ("2028-02-29 23:30", "Asia/Amman", "2028-02-29 20:30"),
    ],
)
def test_what_clocks_show_is_one_instant_and_back(wall, zone, utc):
    wall = datetime.fromisoformat(wall)

    moment = instant_of(wall, zone)

    assert moment == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert wall_of(moment, zone) == wall


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2027-03-28 02:30", "Europe/Madrid"),
        ("2027-04-30 00:30", "Africa/Cairo"),
        ("2011-12-30 12:00", "Pacific/Apia"),
    ],
)
def test_a_time_that_clocks_skip_is_refused(wall, zone):
    with pytest.raises(NoSuchTime):
        instant_of(datetime.fromisoformat(wall), zone)


def test_a_time_that_clocks_show_twice_means_its_first_showing():
    assert instant_of(datetime(2027, 10, 31, 2, 30), "Europe/Madrid") == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_a_day_ends_when_its_last_hour_has_passed_there_not_here():
    assert end_of_day(date(2027, 2, 5), "Africa/Tunis") == datetime(2027, 2, 5, 23, tzinfo=UTC)
    assert end_of_day(date(2027, 2, 5), "Pacific/Auckland") == datetime(2027, 2, 5, 11, tzinfo=UTC)
    assert end_of_day(date(2027, 12, 31), "America/Bogota") == datetime(2028, 1, 1, 5, tzinfo=UTC)


def test_a_day_before_a_midnight_that_does_not_exist_still_ends_once():
    assert end_of_day(date(2027, 4, 29), "Africa/Cairo") == datetime(2027, 4, 29, 22, tzinfo=UTC)
    assert end_of_day(date(2011, 12, 29), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "nearest"),
    [
        (datetime(2027, 3, 28, 2, 30), "Europe/Zurich", datetime(2027, 3, 28, 3)),
        (datetime(2027, 3, 28, 2, 0), "Europe/Zurich", datetime(2027, 3, 28, 3)),
        (datetime(2027, 4, 30, 0, 15), "Africa/Cairo", datetime(2027, 4, 30, 1)),
        (datetime(2027, 10, 3, 2, 10), "Australia/Lord_Howe", datetime(2027, 10, 3, 2, 30)),
        (datetime(2011, 12, 30, 12, 0), "Pacific/Apia", datetime(2011, 12, 31)),
    ],
)
def test_where_clocks_skip_a_time_the_next_one_that_they_show_is_told(wall, zone, nearest):
    assert first_after(wall, zone) == nearest


@pytest.mark.parametrize(
    ("wall", "zone", "is_twice"),
    [
        (datetime(2027, 10, 31, 2, 30), "Europe/Zurich", True),
        (datetime(2027, 10, 31, 3, 0), "Europe/Zurich", False),
        (datetime(2027, 3, 28, 2, 30), "Europe/Zurich", False),
        (datetime(2027, 11, 7, 1, 59), "America/New_York", True),
        (datetime(2027, 4, 4, 1, 45), "Australia/Lord_Howe", True),
        (datetime(2027, 10, 31, 2, 30), "Africa/Tunis", False),
    ],
)
def test_a_time_that_clocks_show_twice_is_known(wall, zone, is_twice):
    assert is_shown_twice(wall, zone) == is_twice

"""When somebody is reminded of a deadline: on a morning on which they work, while there is time."""

from datetime import UTC, datetime

import pytest

from cityexchange.digest.moments import moment_before
from cityexchange.notifications.hours import Hours


def at(day, hour, month=3):
    return datetime(2027, month, day, hour, tzinfo=UTC)


MOMENTS = {
    "the day before": (Hours("Europe/Paris", "FR"), at(5, 16), at(1, 8), at(4, 7)),
    "a working day before a weekend": (Hours("Europe/Paris", "FR"), at(8, 16), at(1, 8), at(5, 7)),
    "on a Sunday, where one works": (Hours("Africa/Cairo", "EG"), at(8, 16), at(1, 8), at(7, 6)),
    "on a Saturday, where Friday alone is free": (Hours("Asia/Tehran", "IR"), at(7, 16), at(1, 8), datetime(2027, 3, 6, 4, 30, tzinfo=UTC)),
    "by the clock where one is": (Hours("America/Lima", "PE"), at(5, 3), at(1, 8), at(3, 13)),
    "when the quiet hours end": (Hours("Europe/Paris", "FR", 20, 10), at(5, 16), at(1, 8), at(4, 9)),
    "of the day itself, where it was asked late": (Hours("Europe/Paris", "FR"), at(5, 16), at(4, 8), at(5, 7)),
    "never, where it ends first": (Hours("Europe/Paris", "FR"), at(5, 6), at(4, 8), None),
    "never, when it is over": (Hours("Europe/Paris", "FR"), at(5, 16), at(5, 17), None),
    "across the change of clocks": (Hours("Europe/Paris", "FR"), at(29, 16), at(24, 8), at(26, 7)),
}  # fmt: skip


@pytest.mark.parametrize("name", MOMENTS)
def test_the_moment_is_a_good_one_by_ones_own_clock(name):
    hours, deadline, after, expected = MOMENTS[name]
    assert moment_before(hours, deadline, after) == expected

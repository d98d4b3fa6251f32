"""When a week begins, by the clock and the custom of the place."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale
from babel.core import UnknownLocaleError

from cityexchange.digest.weeks import FIRST_DAYS, first_day_of, is_due, week_at

pytestmark = pytest.mark.no_app
DUE = {
    "Monday at eight in Lyon": ("Europe/Paris", "FR", datetime(2026, 11, 30, 7, 0, tzinfo=UTC), True),
    "Monday before eight in Lyon": ("Europe/Paris", "FR", datetime(2026, 11, 30, 6, 59, tzinfo=UTC), False),
    "Tuesday evening, where the worker had slept": ("Europe/Paris", "FR", datetime(2026, 12, 1, 20, 0, tzinfo=UTC), True),
    "Wednesday, when the week has long begun": ("Europe/Paris", "FR", datetime(2026, 12, 2, 12, 0, tzinfo=UTC), False),
    "Sunday at eight in Amman": ("Asia/Amman", "JO", datetime(2026, 11, 29, 5, 0, tzinfo=UTC), True),
    "Sunday at seven in Amman": ("Asia/Amman", "JO", datetime(2026, 11, 29, 4, 0, tzinfo=UTC), False),
    "Sunday in Tunis, whose weekend it is": ("Africa/Tunis", "TN", datetime(2026, 11, 29, 12, 0, tzinfo=UTC), False),
    "Saturday in Tehran": ("Asia/Tehran", "IR", datetime(2026, 11, 28, 4, 30, tzinfo=UTC), True),
    "Monday in Auckland, which is Sunday in London": (
        "Pacific/Auckland", "NZ", datetime(2026, 11, 29, 19, 0, tzinfo=UTC), True,
    ),
    "Monday in Honolulu": ("Pacific/Honolulu", "US", datetime(2026, 11, 30, 18, 0, tzinfo=UTC), True),
    "Monday in Honolulu, still night there": ("Pacific/Honolulu", "US", datetime(2026, 11, 30, 12, 0, tzinfo=UTC), False),
    "in a city of no country": ("UTC", None, datetime(2026, 11, 30, 8, 0, tzinfo=UTC), True),
    "the morning after summer time ended in Paris": ("Europe/Paris", "FR", datetime(2026, 10, 26, 7, 0, tzinfo=UTC), True),
    "the morning after it began": ("Europe/Paris", "FR", datetime(2026, 3, 30, 6, 0, tzinfo=UTC), True),
}  # fmt: skip


@pytest.mark.parametrize("case", DUE)
def test_a_letter_is_due_on_the_morning_of_the_first_working_day_there(case):
    zone, country, moment, is_so = DUE[case]
    assert is_due(moment, zone, country) is is_so


@pytest.mark.parametrize(
    "zone, country, moment, week",
    [
        ("Europe/Paris", "FR", datetime(2026, 12, 6, 22, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Europe/Paris", "FR", datetime(2026, 12, 6, 23, 0, tzinfo=UTC), date(2026, 12, 7)),
        ("Africa/Cairo", "EG", datetime(2026, 12, 5, 22, 0, tzinfo=UTC), date(2026, 12, 6)),
        ("Asia/Kabul", "AF", datetime(2027, 1, 1, 12, 0, tzinfo=UTC), date(2026, 12, 26)),
    ],
)
def test_a_week_is_named_by_its_first_working_day(zone, country, moment, week):
    assert week_at(moment, zone, country) == week


def test_weekends_are_those_of_cldr_where_it_knows_them():
    """Babel gives a country's weekend with the locale that most of its people use."""
    told = {}
    for country in Locale("en").territories:
        try:
            end = Locale.parse(f"und_{country}").weekend_end
        except (UnknownLocaleError, ValueError):
            continue
        if end != 6 and len(country) == 2:
            told[country] = (end + 1) % 7

    assert {"EG", "JO", "IR"} <= told.keys()
    assert {country: first_day_of(country) for country in told} == told
    assert FIRST_DAYS.keys() - told.keys() == {"BD", "MV", "PS"}

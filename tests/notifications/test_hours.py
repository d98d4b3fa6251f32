"""Whose clock: zones with and without summer time, north and south, and weeks that end on other days."""

from datetime import UTC, datetime

import pytest

from cityexchange.notifications.hours import Hours, free_days

TANGIER, AUCKLAND = ("Africa/Casablanca", "MA"), ("Pacific/Auckland", "NZ")
LIMA, TEHRAN, PARIS = ("America/Lima", "PE"), ("Asia/Tehran", "IR"), ("Europe/Paris", "FR")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "happened", "morning"),
    [
        (TANGIER, "2026-02-12T15:00", "2026-02-13T07:00"),  # Morocco was an hour ahead,
        (TANGIER, "2026-03-10T15:00", "2026-03-11T08:00"),  # but not in Ramadan,
        (TANGIER, "2027-01-12T15:00", "2027-01-13T08:00"),  # and is no more
        (AUCKLAND, "2027-01-12T15:00", "2027-01-12T19:00"),  # already the next day, in summer
        (AUCKLAND, "2027-04-01T20:00", "2027-04-04T20:00"),  # over a weekend that ends the summer
        (LIMA, "2027-01-13T04:00", "2027-01-13T13:00"),  # still the evening before
        (TEHRAN, "2027-01-12T15:00", "2027-01-13T04:30"),
        (TEHRAN, "2027-01-14T12:00", "2027-01-16T04:30"),  # Thursday: Friday is free, Saturday is not
        (PARIS, "2027-03-26T12:00", "2027-03-29T06:00"),  # over the night in which clocks go forward
        (PARIS, "2027-10-29T12:00", "2027-11-01T07:00"),  # and back
        (PARIS, "2027-01-12T07:00", "2027-01-13T07:00"),  # at the very moment: for tomorrow's mail
        (("UTC", None), "2027-01-15T12:00", "2027-01-18T08:00"),
    ],
)
def test_a_days_mail_comes_on_the_next_morning_of_a_working_day(place, happened, morning):
    assert Hours(*place).morning_after(at(happened)) == at(morning)


@pytest.mark.parametrize(
    ("place", "moment", "is_quiet"),
    [
        (TANGIER, "2026-02-12T18:59", False),
        (TANGIER, "2026-02-12T19:00", True),
        (TANGIER, "2027-01-12T19:00", False),
        (AUCKLAND, "2027-01-12T12:00", True),
        (AUCKLAND, "2027-01-12T18:00", False),
        (LIMA, "2027-01-12T11:59", True),
        (LIMA, "2027-01-12T12:00", False),
        (TEHRAN, "2027-01-12T16:29", False),
        (TEHRAN, "2027-01-12T16:30", True),
        (PARIS, "2027-03-27T05:30", True),  # half past six, the day before summer
        (PARIS, "2027-03-28T05:30", False),  # half past seven, a day later
    ],
)
def test_quiet_hours_are_those_of_the_members_clock(place, moment, is_quiet):
    assert Hours(*place).are_quiet(at(moment)) is is_quiet


@pytest.mark.parametrize(
    ("begins", "ends", "quiet"),
    [(20, 7, {0, 6, 20, 23}), (0, 6, {0}), (12, 14, {12, 13}), (7, 7, set()), (23, 0, {23})],
)
def test_quiet_hours_go_over_midnight_or_not_and_the_same_hour_twice_is_none(begins, ends, quiet):
    hours = Hours("UTC", None, begins, ends)
    asked = {0, 6, 7, 12, 13, 14, 20, 23}
    assert {hour for hour in asked if hours.are_quiet(at(f"2027-01-12T{hour:02}:00"))} == quiet


def test_free_days_are_quiet_for_those_who_want_it():
    saturday = at("2027-01-16T12:00")
    assert Hours(*PARIS, on_free_days=True).are_quiet(saturday)
    assert not Hours(*PARIS).are_quiet(saturday)
    assert not Hours(*TEHRAN, on_free_days=True).are_quiet(saturday)
    assert Hours(*TEHRAN, on_free_days=True).are_quiet(at("2027-01-15T12:00"))


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("FR", {5, 6}),
        ("IR", {4}),
        ("EG", {4, 5}),
        ("IN", {6}),
        ("MA", {5, 6}),
        (None, {5, 6}),
        ("XX", {5, 6}),
    ],
)
def test_weeks_end_as_they_do_in_the_country(country, days):
    assert free_days(country) == days


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2027-01-12T22:13", "2027-01-13T06:00"),
        ("2027-01-12T12:13", "2027-01-12T12:13"),
        ("2027-03-27T22:13", "2027-03-28T05:00"),  # a night that is an hour shorter
    ],
)
def test_the_end_of_quiet_hours_is_found(moment, end):
    assert Hours(*PARIS).end_of_quiet(at(moment)) == at(end)

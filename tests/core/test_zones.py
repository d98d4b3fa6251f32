"""Zones of places: rules from the locked release, names that are true, and each place once in the list."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from cityexchange.core import zones
from cityexchange.core.i18n import LOCALES
from cityexchange.core.zones import zone_choices, zone_data, zone_in_words, zone_place
from tests.services import ROOT

pytestmark = pytest.mark.no_app
CITIES = json.loads((ROOT / "cityexchange" / "demo" / "data" / "cities.json").read_text())["cities"]
RENAMED = [
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Yangon",
    "Asia/Ho_Chi_Minh",
    "Europe/Kyiv",
    "America/Nuuk",
    "Pacific/Kanton",
]
OTHERS = [
    "America/Vancouver",
    "America/Edmonton",
    "America/Havana",
    "America/Coyhaique",
    "Australia/Lord_Howe",
    "Africa/El_Aaiun",
]
ZONES = sorted({city["timezone"] for city in CITIES} | {*RENAMED, *OTHERS})
JANUARY, JULY = datetime(2027, 1, 15, 12, tzinfo=UTC), datetime(2027, 7, 15, 12, tzinfo=UTC)
HOURS = {
    "Greenwich Mean Time": 0, "Western European Standard Time": 0, "Western European Summer Time": 1, "Irish Standard Time": 1,
    "Central European Standard Time": 1, "Central European Summer Time": 2, "Eastern European Standard Time": 2,
    "Eastern European Summer Time": 3, "East Africa Time": 3, "South Africa Standard Time": 2, "Argentina Standard Time": -3,
    "Colombia Standard Time": -5, "Ecuador Time": -5, "Central Standard Time": -6, "Uruguay Standard Time": -3,
    "Eastern Standard Time": -5, "Eastern Daylight Time": -4, "Brasilia Standard Time": -3, "Kazakhstan Time": 5,
    "Bangladesh Standard Time": 6, "Philippine Standard Time": 8, "Korean Standard Time": 9, "Japan Standard Time": 9,
    "Australian Eastern Daylight Time": 11, "Australian Eastern Standard Time": 10, "New Zealand Daylight Time": 13,
    "New Zealand Standard Time": 12, "India Standard Time": 5.5, "Nepal Time": 5.75, "Myanmar Time": 6.5, "Indochina Time": 7,
    "Greenland Standard Time": -2, "Greenland Summer Time": -1, "Phoenix Islands Time": 13, "Cuba Standard Time": -5,
    "Cuba Daylight Time": -4,
    "Lord Howe Standard Time": 10.5, "Lord Howe Daylight Time": 11,
}  # fmt: skip
"""What those names stand for, by the laws of their lands."""


@pytest.fixture(autouse=True)
def request_context():
    app = Flask("cityexchange")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    Babel(app)
    with app.test_request_context():
        yield


def in_brackets(words):
    return re.fullmatch(r".+? ?[(（](.+)[)）]", words)[1]


def offset_of(zone, moment):
    return moment.astimezone(ZoneInfo(zone)).utcoffset()


def test_rules_come_from_the_locked_release_and_no_file_of_the_machine():
    assert re.fullmatch(r"20\d\d[a-z]", zone_data())


def test_another_source_beside_it_is_no_readiness(monkeypatch):
    monkeypatch.setattr(zones, "TZPATH", ("/usr/share/zoneinfo",))
    with pytest.raises(LookupError):
        zone_data()


@pytest.mark.parametrize(
    ("zone", "january", "july"),
    [
        ("Africa/Casablanca", 0, 0), ("America/Vancouver", -7, -7), ("America/Edmonton", -6, -6), ("America/Winnipeg", -5, -5),
        ("Europe/Dublin", 0, 1), ("Europe/Paris", 1, 2), ("Asia/Amman", 3, 3),
    ],
)  # fmt: skip
def test_clocks_of_2027_stand_as_the_release_of_2026_says(zone, january, july):
    assert [offset_of(zone, at) / timedelta(hours=1) for at in (JANUARY, JULY)] == [january, july]


@pytest.mark.parametrize("zone", ZONES)
def test_a_zones_name_says_what_its_clocks_show(zone):
    for moment in (JANUARY, JULY):
        name, offset = in_brackets(zone_in_words(zone, moment)), offset_of(zone, moment)
        if said := re.search(r", GMT([+-]\d\d):(\d\d)$", name):
            hours, minutes = map(int, said.groups())
            assert timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes) == offset, name
        else:
            assert timedelta(hours=HOURS[name]) == offset, name


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_always_has_a_name_in_words_of_the_readers_language(zone, language):
    with force_locale(language):
        names = [in_brackets(zone_in_words(zone, moment)) for moment in (JANUARY, JULY)]
    for name in names:
        words = re.sub(r"(GMT|UTC|غرينتش)[+-]\d\d:\d\d", "", name).strip(" ,،、，")
        assert len(words) > 1 and not re.search(r"\d", words), name
        if language in {"ar", "ru", "zh"}:
            assert not re.search(r"[A-Za-z]", words), name
    assert (names[0] == names[1]) == (offset_of(zone, JANUARY) == offset_of(zone, JULY)), names


def test_who_left_a_common_time_is_named_by_country_and_offset():
    assert zone_in_words("America/Vancouver", JANUARY) == "Vancouver time (Canada, GMT-07:00)"
    assert (
        zone_in_words("America/Vancouver", datetime(2024, 1, 15, tzinfo=UTC))
        == "Vancouver time (Pacific Standard Time)"
    )


@pytest.mark.parametrize(
    ("zone", "at", "name"),
    [
        ("Asia/Amman", JANUARY, "Amman time (Jordan time, GMT+03:00)"),
        ("Europe/Istanbul", JULY, "Istanbul time (Türkiye time, GMT+03:00)"),
        ("Africa/Casablanca", JANUARY, "Casablanca time (Morocco time, GMT+00:00)"),
        ("Asia/Damascus", JULY, "Damascus time (Syria time, GMT+03:00)"),
        ("America/Winnipeg", JANUARY, "Winnipeg time (Canada, GMT-05:00)"),
        ("America/Havana", JANUARY, "Havana time (Cuba time, GMT-04:00)"),
        ("America/Havana", JULY, "Havana time (Cuba time, GMT-04:00)"),
        ("America/Havana", datetime(2026, 1, 15, tzinfo=UTC), "Havana time (Cuba Standard Time)"),
        ("America/Havana", datetime(2026, 7, 15, tzinfo=UTC), "Havana time (Cuba Daylight Time)"),
    ],
)
def test_who_has_no_common_time_has_that_of_their_country(zone, at, name):
    assert zone_in_words(zone, at) == name


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("zone", ZONES)
def test_no_january_of_the_north_is_a_summer(zone, language):
    """Where clocks never change there is no summer to name, in no month and no language."""
    with force_locale(language):
        names = [in_brackets(zone_in_words(zone, moment)) for moment in (JANUARY, JULY)]
    if offset_of(zone, JANUARY) == offset_of(zone, JULY):
        for name in names:
            assert not re.search("[Dd]aylight|[Ss]ummer|été|verano|летн|夏|صيف", name), name


def test_utc_is_a_name_of_its_own():
    assert zone_in_words("UTC", JULY) == "Coordinated Universal Time"


@pytest.mark.parametrize("language", LOCALES)
def test_each_place_is_offered_once_in_the_readers_language(language):
    with force_locale(language):
        choices = {choice.value: choice.label for choice in zone_choices()}
    assert len(set(choices.values())) == len(choices) > 400
    assert {city["timezone"] for city in CITIES} <= choices.keys()
    assert "Asia/Kolkata" in choices and "Asia/Calcutta" not in choices


def test_countries_and_renamed_places_are_named_in_the_readers_language():
    with force_locale("ar"):
        labels = {choice.value: choice.label for choice in zone_choices()}
        assert labels["Europe/Kyiv"] == "أوكرانيا – كييف"
        assert zone_place("Asia/Kolkata") == "كالكتا"
    with force_locale("fr"):
        assert [choice.label for choice in zone_choices()][1:3] == [
            "Afghanistan – Kaboul",
            "Afrique du Sud – Johannesburg",
        ]


def test_the_likely_ones_come_first_and_an_old_name_that_is_chosen_stays_possible():
    choices = [choice.value for choice in zone_choices("Africa/Tunis", "Asia/Calcutta", None, "Africa/Tunis")]
    assert choices[:3] == ["UTC", "Africa/Tunis", "Asia/Calcutta"]
    assert choices.count("Africa/Tunis") == 1

"""Calendar files: nothing smuggled in, the right instant everywhere (abuse cases 25 and 42)."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from cityexchange.events.calendar import Entry, calendar_file
from cityexchange.events.times import instant_of

pytestmark = pytest.mark.no_app


def entry(zone="Europe/Madrid", wall="2027-10-31 09:00", **values):
    starts = instant_of(datetime.fromisoformat(wall), zone)
    known = {
        "uid": "one",
        "title": "Opening",
        "starts_at": starts,
        "ends_at": starts.replace(hour=(starts.hour + 1) % 24),
        "zone": zone,
        "url": "https://exchange.example/workshops/1",
        "changed_at": datetime(2027, 1, 1, tzinfo=UTC),
    }
    return Entry(**known | values)


def read(body):
    return Calendar.from_ical(body)


@pytest.mark.parametrize(
    "text",
    [
        "Opening\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Forged",
        "Opening\nATTACH:javascript:alert(1)",
        "Opening\rURL:https://evil.example",
        "a;b,c\\n:d\\;e",
        "Opening\x0bX-EVIL:1\x1d\x85\u2028DTSTART:20000101T000000Z",
        'He said "come", ^n DESCRIPTION:x',
        "قياس ما يهم: بيانات" * 20,
        "😀" * 100,
    ],
)
def test_nothing_in_a_text_becomes_a_property_or_an_event(text):
    body = calendar_file(text, [entry(title=text, location=text, description=text)])

    (event,) = read(body).walk("VEVENT")
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in "\x0b\x1d\x85\u2028":
        expected = expected.replace(sign, " ")
    assert [event[name] for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [expected] * 3
    assert "ATTACH" not in event
    assert "X-EVIL" not in event
    assert event["URL"] == "https://exchange.example/workshops/1"


def test_every_line_is_short_enough_and_ends_as_the_standard_says():
    body = calendar_file("قياس" * 50, [entry(title="قياس ما يهم " * 30)])

    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize(
    ("zone", "walls"),
    [
        ("Africa/Tunis", ["2027-03-16 09:00", "2027-07-16 09:00"]),
        ("Europe/Madrid", ["2027-03-27 09:00", "2027-03-28 09:00", "2027-10-04 09:00", "2027-10-31 09:00"]),
        ("America/Bogota", ["2027-04-13 09:00", "2027-12-13 09:00"]),
        ("Asia/Amman", ["2027-03-30 09:00", "2027-11-01 09:00"]),
        ("Pacific/Auckland", ["2027-04-03 09:00", "2027-04-04 09:00", "2027-09-26 09:00"]),
        ("Africa/Cairo", ["2027-04-29 09:00", "2027-04-30 09:00", "2027-10-28 23:30", "2027-10-29 09:00"]),
        ("Africa/Casablanca", ["2027-02-01 09:00", "2027-02-20 09:00", "2027-06-01 09:00"]),
        ("Pacific/Apia", ["2027-01-10 09:00", "2027-12-31 23:00"]),
        ("Europe/Gibraltar", ["2028-02-29 09:00"]),
    ],
)
def test_the_files_own_zone_rules_give_the_right_instants(zone, walls):
    entries = [entry(zone, wall, uid=wall) for wall in walls]

    calendar = read(calendar_file("Workshop", entries))

    (rules,) = calendar.walk("VTIMEZONE")
    # The rules in the file, not those of this machine: a calendar program may know no other.
    clock = rules.to_tz(lookup_tzid=False)
    for one, event in zip(entries, calendar.walk("VEVENT"), strict=True):
        shown = event["DTSTART"].dt.replace(tzinfo=None)
        assert str(event["DTSTART"].params["TZID"]) == zone
        assert shown.replace(tzinfo=clock).astimezone(UTC) == one.starts_at
        assert event["DTSTART"].dt.astimezone(UTC) == one.starts_at


def test_universal_time_needs_no_rules():
    calendar = read(calendar_file("Webinar", [entry("UTC", "2027-05-01 12:00")]))

    assert not calendar.walk("VTIMEZONE")
    assert calendar.walk("VEVENT")[0]["DTSTART"].dt == datetime(2027, 5, 1, 12, tzinfo=UTC)


def test_what_is_called_off_says_so_and_newer_files_win():
    (event,) = read(calendar_file("W", [entry(is_cancelled=True, sequence=7)])).walk("VEVENT")

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 7)


def test_the_same_facts_make_the_same_file():
    assert calendar_file("W", [entry()]) == calendar_file("W", [entry()])

"""Calendar files (RFC 5545): one entry a session, right across clock changes, nothing smuggled in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cityexchange.core.later import later
from cityexchange.events.zone_rules import zone_rules

icalendar = later("icalendar")
MIMETYPE = "text/calendar"
# Threat: a control character in a title could end a line and begin a property of the attacker's.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Entry:
    """One sitting as a calendar shows it. Times are aware; `zone` is the IANA name they are shown in."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    url: str
    changed_at: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    is_cancelled: bool = False


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """The file, with a VTIMEZONE for each zone that its entries use."""
    entries = list(entries)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//cityexchange//cityexchange//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(" ".join(_plain(name).split())))
    for zone in sorted({entry.zone for entry in entries} - {"UTC"}):
        calendar.add_component(zone_rules(zone, *_years(entries, zone)))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry):
    event, zone = icalendar.Event(), ZoneInfo(entry.zone)
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("summary", _plain(entry.title))
    for name, text in (("description", entry.description), ("location", entry.location)):
        if text:
            event.add(name, _plain(text))
    event.add("url", entry.url)
    return event


def _plain(text):
    return CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _years(entries, zone):
    """A year around them: the first and last hours of a year are in another one elsewhere."""
    years = {moment.year for e in entries if e.zone == zone for moment in (e.starts_at, e.ends_at)}
    return min(years) - 1, max(years) + 1

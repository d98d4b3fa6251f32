"""What waits for a member and what their city has, of all features, in one statement; the titles in a second one.

Put together once for equal rights (`core/prepared.py`). A statement for each of some fifteen would cost more than all the rest of the page.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select, union_all

from cityexchange.core.db import constant, rows, utcnow
from cityexchange.core.i18n import local_date
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.core.waiting import Said, Wait, moments, of_my_city, waits
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.reading import Reading, UiNameRow, best_readings, reader_languages

FIRST, FURTHER = 3, 5
"""Things that stand first, each on a sheet of its own; and lines below them."""


class Thing(NamedTuple):
    """One that waits, or that the reader's city has."""

    key: Any
    """Type and number of the record, and the number that its way needs."""
    place: str
    said: Said
    title: Reading | None
    """None where the title is a sentence of ours, `said.title`."""
    age: str
    """Since when or until when, in words."""
    row: Any


class Mine(NamedTuple):
    first: list[Thing]
    further: list[Thing]
    city: dict[str, list[Thing]]
    """By the name of what the city has."""

    @property
    def named(self) -> frozenset[tuple[str, int]]:
        """Type and number of what stands here: no list below names it again."""
        return frozenset(
            one.key[:2] for part in (self.first, self.further, *self.city.values()) for one in part
        )


def what_is_mine(reader: OneReader) -> Mine:
    now, found = utcnow(), _found(reader)
    dealt = _each_once(deal(found))[: FIRST + FURTHER]
    named = {_key(row) for _wait, row in dealt}
    city = [(one, row) for one in of_my_city for row in found.get(one.name, ()) if _key(row) not in named]
    titles = _titles([row for _wait, row in (*dealt, *city)])
    things = [_thing(wait, row, titles, now) for wait, row in dealt]
    ours: dict[str, list[Thing]] = {one.name: [] for one in of_my_city}
    for one, row in city:
        ours[one.name].append(_thing(one, row, titles, now))
    return Mine(things[:FIRST], things[FIRST:], ours)


def deal(found: dict[str, list[Any]]) -> list[tuple[Wait, Any]]:
    """The first of each share in their order, then the second of each, and so on."""
    shares = defaultdict(list)
    for wait in waits:
        shares[wait.share or wait.name] += [(wait, row) for row in found.get(wait.name, ())]
    for lines in shares.values():
        lines.sort(key=lambda line: line[0].order(line[1]))
    most = max(map(len, shares.values()), default=0)
    return [lines[turn] for turn in range(most) for lines in shares.values() if turn < len(lines)]


def _each_once(lines):
    once: dict[Any, Any] = {}
    for wait, row in lines:
        once.setdefault(_key(row), (wait, row))
    return list(once.values())


def _key(row):
    return row.record_type, row.id, row.leads_to


def _found(reader: OneReader):
    """{name of a wait: its rows}"""
    languages = [*reader_languages(reader), UNDETERMINED]
    bind_values = {**reader.bind_values, **moments(utcnow()), "languages": languages}
    found = defaultdict(list)
    for row in rows(_all(reader), bind_values):
        found[row.wait].append(row)
    return {
        one.name: sorted(found[one.name], key=one.order) for one in (*waits, *of_my_city) if one.name in found
    }


@prepared
def _all(reader: Reader):
    parts = ((wait.name, wait.find(reader)) for wait in (*waits, *of_my_city))
    each = [
        part.add_columns(constant(name).label("wait")).subquery() for name, part in parts if part is not None
    ]
    return union_all(*(select(part) for part in each))


def _titles(found):
    asked, languages = [row for row in found if row.language], reader_languages()
    named = [
        UiNameRow("Space", row.id, row.title, row.language) for row in asked if row.record_type == "Space"
    ]
    readings = best_readings(languages, [row for row in asked if row.record_type != "Space"], ("title",))
    readings |= best_readings(languages, named, ("name",))
    return {key[:2]: reading for key, reading in readings.items()}


def _thing(wait, row, titles, now):
    title = titles.get((row.record_type, row.id)) if row.language else None
    return Thing(_key(row), wait.place, wait.say(row), title, in_words(row, now), row)


def in_words(row: Any, now: datetime) -> str:
    if row.until:
        return _("Until %(day)s", day=local_date(row.until))
    if not row.since:
        return ""
    days = (now - row.since).days
    return ngettext("For %(num)s day", "For %(num)s days", days) if days else _("Since today")

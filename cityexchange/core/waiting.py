"""What waits for somebody, and what their city has of each feature: features name it here, the start page asks for all of it in one
statement (`home/waiting.py`).

    waits.add("joining", Wait("joining", find, say, "city"), order=20)

`find` gives for a reader's rights a statement of `lines`, at most MOST of them, or None where nothing of it can be theirs. Its
parameters are the reader's `bind_values`, those of `moments`, and `languages`, which the reader reads.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, cast, null

from cityexchange.core.called import CalledText
from cityexchange.core.db import UTCDateTime, constant
from cityexchange.core.jobs.heartbeat import SILENCE
from cityexchange.core.reader import Reader
from cityexchange.core.registries import Registry

MOST = 3
COLUMNS: dict[str, Any] = {
    "title": String,
    "language": String,
    "since": UTCDateTime,
    "until": UTCDateTime,
    "who": String,
    "city": CalledText,
    "note": String,
    "leads_to": Integer,
}
"""Beside type and number of the record: its title in a language, since when it waits or until when it can be done, who asks and of
which city, a word of ours, the number that the way needs where it is another."""
MOMENTS = {
    "silence": -SILENCE,
    "an_hour_ago": timedelta(hours=-1),
    "a_week_ago": timedelta(days=-7),
    "half_a_year_ago": timedelta(days=-182),
    "soon": timedelta(days=10),
}


class Said(NamedTuple):
    """The words of one line."""

    kind: str
    why: str
    way: str
    """The one next step."""
    address: str
    title: str | None = None
    """A sentence of ours, where no record has a title."""


def as_it_ends(row: Any) -> tuple[bool, Any, int]:
    """What waits the longest, or ends the soonest; what has no time last."""
    moment = row.until or row.since
    return moment is None, moment or row.id, row.id


def newest_first(row: Any) -> float:
    return -row.since.timestamp()


class Wait(NamedTuple):
    name: str
    find: Callable[[Reader], Select[Any] | None]
    say: Callable[[Any], Said]
    place: str
    """As pages say it in `data-place`."""
    share: str = ""
    """Waits of one share take turns as one."""
    order: Callable[[Any], Any] = as_it_ends


waits = Registry("what waits for a member: a Wait")
of_my_city = Registry("what a member's own city has of a feature: a Wait")


def lines(found: Select[Any], record_type: str, id: Any, **known: Any) -> Select[Any]:
    """The statement with the columns that all have alike; `known` are those of COLUMNS that there are."""
    columns = [known.pop(name, cast(null(), kind)).label(name) for name, kind in COLUMNS.items()]
    if known:
        raise ValueError(f"no column of what waits: {sorted(known)}")
    return found.with_only_columns(constant(record_type).label("record_type"), id.label("id"), *columns)


def moment(name: str) -> Any:
    """One of MOMENTS, or `now`, as a parameter."""
    return bindparam(name, type_=UTCDateTime)


def moments(now: datetime) -> dict[str, datetime]:
    return {"now": now} | {name: now + far for name, far in MOMENTS.items()}

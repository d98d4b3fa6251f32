"""What a digest may name: one thing, why it concerns the member, and what can be done about it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry
from cityexchange.languages.reading import Reading

WEEK, SOON, HALF_A_YEAR = timedelta(days=7), timedelta(days=10), timedelta(days=182)
"""How long ago a story of the week may be told, how near a deadline is, how long a question waits."""


class Item(NamedTuple):
    record_type: str
    record_id: int
    eyebrow: str
    """What it is, in a word or two."""
    title: Reading | str
    """What a person wrote, or words of ours."""
    why: str
    """Why it stands here: a sentence."""
    endpoint: str
    values: dict[str, Any]
    """Of the page that it leads to."""
    way: str
    """What is done there: the words of the link."""
    place: str
    """As pages say it in `data-place`."""
    answers: tuple[str, ...] = ()
    is_open: bool = True
    """Whether a mail may say what it is about; closed spaces are only named."""
    source: str = ""
    until: datetime | None = None
    """When it ends, where it does."""
    reminds: bool = False
    """Whether there is a good moment before that to be reminded of it."""

    @property
    def key(self) -> tuple[str, int]:
        return self.record_type, self.record_id

    @property
    def words(self) -> str:
        return self.title if isinstance(self.title, str) else self.title.text


class Hour(NamedTuple):
    """A member's week, as the sources are asked about it."""

    reader: OneReader
    now: datetime
    week: date
    languages: list[str]
    """That the member reads, best first."""
    themes: dict[str, str]
    """By key in the taxonomy's order, what the member has to do with it: "offer", "ask" or "need", the first of these."""
    put_off: dict[str, int]
    """By key, how often the member said "not for me" to a question on it."""

    @property
    def bind_values(self) -> dict[str, Any]:
        """Of every source's statement, beside what it asks for itself."""
        moments = {
            "now": self.now,
            "soon": self.now + SOON,
            "week_ago": self.now - WEEK,
            "half_a_year_ago": self.now - HALF_A_YEAR,
        }
        return {**self.reader.bind_values, **moments, "week": self.week}


class Source(NamedTuple):
    """`find(hour)`: items in order of use. `share` of them are taken first, `most` where others leave room."""

    name: str
    find: Callable[[Hour], list[Item]]
    share: int
    most: int


digest_sources = Registry("what a digest is chosen from, in order of use to the member: a Source")

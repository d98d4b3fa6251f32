"""What can be followed: each feature adds the records of its own, says what each level means there, and names them in a list."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry

LEVELS = ("muted", "normal", "following", "everything")
"""How much somebody wants to hear, from nothing to all."""


class Followed(NamedTuple):
    """All that a list shows of a record: its name as a Reading, or in words of ours, and its page."""

    id: int
    name: Any
    address: str


class Followable(NamedTuple):
    model: type
    one: Any
    """What one and what several are called; lazy."""
    several: Any
    place: str
    """As pages say it in `data-place`."""
    meanings: dict[str, Any]
    """In one sentence each, by level; lazy."""
    lines: Callable[[OneReader, list[int]], list[Followed]]
    """f(reader, ids), for those among them that the reader sees."""


followables = Registry("what members can follow: a Followable by the name of its model")

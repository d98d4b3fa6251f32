"""What can be kept: each feature adds the records of its own, and tells what a list shows of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry


class Kept(NamedTuple):
    """All that a list shows of a kept record, in columns: its title is chosen among its translations."""

    record_type: str
    id: int
    title: str
    language: str
    where: Any
    """A Reading, or the name of a city."""
    when: str
    """In words."""


class Keepable(NamedTuple):
    model: type
    one: Any
    """What one and what several are called; lazy."""
    several: Any
    endpoint: str
    """Of its page, which takes an `id`."""
    place: str
    """As pages say it in `data-place`."""
    lines: Callable[[OneReader, list[int]], list[Kept]]
    """f(reader, ids), for those among them that the reader sees."""


keepables = Registry("what members can keep for later: a Keepable by the name of its model")

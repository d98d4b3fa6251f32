"""Lists that features fill in `init_app`, so that what lies below can show what lies above without importing it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Registry:
    """Named entries in an order: `panels.add("forums", order=10, entry=panel)`."""

    def __init__(self, purpose: str):
        self.purpose = purpose
        self._entries: dict[str, tuple[int, Any]] = {}

    def add(self, name: str, entry: Any, order: int = 50) -> None:
        """The same name twice is the same entry: applications are made more than once in a process."""
        self._entries[name] = (order, entry)

    def remove(self, name: str) -> None:
        """For tests that add an entry of their own."""
        self._entries.pop(name, None)

    def __getitem__(self, name: str) -> Any:
        return self._entries[name][1]

    def get(self, name: str) -> Any | None:
        return self._entries[name][1] if name in self._entries else None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Any]:
        return (entry for _, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))

    def names(self) -> list[str]:
        return sorted(self._entries)


class Ending(NamedTuple):
    """What is said of a step that was possible until something ended, and the way to where it shows."""

    title: str
    text: str
    way: Callable[[Any], str]
    """The address, of the record that the policy was asked about."""
    way_words: str


city_panels = Registry(
    "what a city's page shows of the features above it: f(member, city) -> (template, facts) or None"
)
start_panels = Registry("what a member's start page shows: f(member) -> (template, facts) or None")
theme_panels = Registry("what a theme's page shows: f(member, theme) -> (template, facts) or None")
space_panels = Registry("what a space's page shows: f(member, space) -> (template, facts) or None")
endings = Registry("what policies name when something has ended meanwhile (`Policy.over`): an Ending")

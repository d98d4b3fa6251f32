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


def filled(panels: Registry, *about: Any) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of each panel that has something to show of what the page is about."""
    return [panel for make in panels if (panel := make(*about))]


class Ended(NamedTuple):
    """What is said of a step that was possible until something ended, and the way to where it shows."""

    title: str
    text: str
    way: Callable[[Any], str]
    """The address, of the record that the policy was asked about."""
    way_words: str


class SettingsPage(NamedTuple):
    """One of the pages of a member's own settings, a tab among the others."""

    endpoint: str
    label: Any
    """Lazy: said in the reader's language."""
    is_for: Callable[[Any], bool] = lambda member: True


class MemberPage(NamedTuple):
    """A page of a member's own, in the menu beside the name."""

    endpoint: str
    label: Any
    """Lazy: said in the reader's language."""
    icon: str
    """Of static/img/icons.txt."""
    is_numbered: bool = False
    """Whether the member's number stands in the address, as `id`."""


class OwnLine(NamedTuple):
    """One line among what is a member's own."""

    title: str
    address: str
    notes: tuple[Any, ...] = ()
    """In words of ours."""
    language: str | None = None
    """Of the title, where it is known."""
    is_ours: bool = False
    """Whether the title is a sentence of ours."""


class OwnPart(NamedTuple):
    """What a member has of one kind: its first lines and the way to all, or where to begin."""

    name: str
    """Of the part, in the page's address."""
    title: str
    place: str
    """As pages say it in `data-place`."""
    lines: list[OwnLine]
    all_address: str
    nothing: str
    way: str
    """Where to begin, if there is nothing."""
    way_words: str
    all_words: str = ""
    """Where the way to all leads to more than the title says."""


city_panels = Registry(
    "what a city's page shows of the features above it: f(member, city) -> (template, context) or None"
)
start_panels = Registry("what a member's start page shows: f(member) -> (template, context) or None")
theme_panels = Registry("what a theme's page shows: f(member, theme) -> (template, context) or None")
member_panels = Registry("what a member's page shows: f(reader, member) -> (template, context) or None")
open_tasks = Registry("what a member leaves undone: f(reader, member) -> [(words, address)] or None")
MOST_TASKS = 20
"""Of one kind, in a list of what somebody leaves undone."""
space_panels = Registry("what a space's page shows: f(member, space) -> (template, context) or None")
ended = Registry("what policies name when something has ended meanwhile (`Policy.ended`): an Ended")
member_pages = Registry("the pages of a member's own, in the menu beside the name: a MemberPage")
mine_parts = Registry("what stands on the page of all that is a member's own: f(member) -> an OwnPart")
FEW_OWN = 4
"""Lines of a part there."""
settings_pages = Registry("the pages of a member's own settings: a SettingsPage")
sign_in_panels = Registry("what the settings of signing in show: f(member) -> (template, context) or None")
sign_in_doors = Registry("ways of signing in beside our own: f() -> (template, context) or None")
other_doors = Registry("where a member signs in instead of here: f(member's id) -> address or None")
locks = Registry("why a member who is known may not come in now: f(member) -> (template, context) or None")
topic_panels = Registry(
    "what a topic's page shows above its posts: f(member, topic) -> (template, context) or None"
)
city_desk_panels = Registry("what a city's own desk shows: f(member, city) -> (template, context) or None")
desk_panels = Registry("what the coordinator's desk shows: f(member) -> (template, context) or None")
reader_columns = Registry("what is read of a member with the row of who reads: f(Member) -> a column")
meetings = Registry(
    "where a guest meets others, who are then no strangers: f(member, Member) -> a condition on Member"
)
names_in_use = Registry("names that members go by beside their own: f(member's id) -> names of others")

"""Whom a text calls by @handle: those it names itself. A quote calls nobody."""

from typing import Any

from cityexchange.core.text import may_mention, mentioned


def handles_in(text: str) -> set[str]:
    return set(mentioned(text)["members"]) if may_mention(text) else set()


def newly_called(text: str, before: str = "") -> list[str]:
    """The handles that it names, and what it said before did not."""
    handles = handles_in(text)
    return sorted(handles - handles_in(before)) if handles else []


def is_called(person: Any, handles: Any) -> Any:
    """A condition on members: active, and one of these handles is theirs."""
    return (person.state == "active") & person.handle.in_(handles)

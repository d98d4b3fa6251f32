"""What a member is told of: one kind for each sort of happening, with how it is mailed unless they choose otherwise."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

MAILING = ("at_once", "bundled", "daily", "never")
"""How the mail about a happening comes: by itself, with the others of its conversation, once a day, not at all."""


class Kind(NamedTuple):
    label: object
    """Lazy: what the table of choices calls it."""
    mailing: str
    """One of MAILING: how it is mailed to whoever is not named in `others`, and has not chosen."""
    others: Mapping[str, str] = MappingProxyType({})
    """{standing: the same for those who are such} (members/standing.py)."""
    is_urgent: bool = False
    """Whether it may lapse within hours, and is mailed in quiet hours too."""


QUIETLY = {"guest": "daily", "coordinator": "daily", "admin": "daily"}
"""Conversations concern guests less; who follows them because of the office sees to them on the site."""
DECIDING = dict.fromkeys(("speaker", "facilitator", "organiser", "coordinator"), "at_once")
"""Somebody waits for their yes."""

KINDS = {
    "mention": Kind(_l("Somebody names me"), "bundled"),
    "reply": Kind(_l("Replies to me, and in topics that I follow"), "bundled", QUIETLY),
    "topic": Kind(
        _l("New topics where I follow"),
        "daily",
        {"guest": "never", "facilitator": "bundled", "admin": "never"},
    ),
    "answer": Kind(_l("An answer is marked"), "bundled", QUIETLY),
    "message": Kind(_l("Messages in rooms that I follow"), "daily", {"guest": "never", "admin": "never"}),
    "place": Kind(_l("A place is free for me"), "at_once", is_urgent=True),
    "decision": Kind(_l("Decisions on what I asked for"), "at_once"),
    "change": Kind(_l("Changes of what I take part in"), "at_once", is_urgent=True),
    "request": Kind(_l("Requests that wait for me"), "bundled", DECIDING | {"admin": "daily"}),
    "deadline": Kind(_l("Deadlines of which I asked to be reminded"), "at_once"),
    "translation": Kind(_l("Translations of my texts, and of those I asked for"), "daily"),
}


def usual(kind: str, standing: str) -> str:
    """How a kind comes by mail to whoever has not chosen."""
    return KINDS[kind].others.get(standing, KINDS[kind].mailing)


WEEKLY = "weekly"
LETTERS: dict[str, object] = {}
"""Letters of features above that come by themselves, once a week or never: {the kind of the choice: its label}. See letters.py."""

"""What a member is told of: one kind for each sort of happening, with how it is mailed unless they choose otherwise."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

MAILING = ("at_once", "bundled", "daily", "never")
"""How the mail about a happening comes: by itself, with the others of its conversation, once a day, not at all."""


class Kind(NamedTuple):
    label: object
    """Lazy: what the table of choices calls it."""
    mailing: str
    """One of MAILING."""
    for_guests: str
    """The same for guests, whom less of what goes on concerns."""
    is_urgent: bool = False
    """Whether it may lapse within hours, and is mailed in quiet hours too."""


KINDS = {
    "mention": Kind(_l("Somebody names me"), "bundled", "bundled"),
    "reply": Kind(_l("Replies to me, and in topics that I follow"), "bundled", "daily"),
    "topic": Kind(_l("New topics where I follow"), "daily", "never"),
    "answer": Kind(_l("An answer is marked"), "bundled", "daily"),
    "message": Kind(_l("Messages in rooms that I follow"), "daily", "never"),
    "place": Kind(_l("A place is free for me"), "at_once", "at_once", is_urgent=True),
    "decision": Kind(_l("Decisions on what I asked for"), "at_once", "at_once"),
    "change": Kind(_l("Changes of what I take part in"), "at_once", "at_once", is_urgent=True),
    "request": Kind(_l("Requests that wait for me"), "at_once", "at_once"),
    "translation": Kind(_l("Translations of my texts, and of those I asked for"), "daily", "daily"),
}

WEEKLY = "weekly"
LETTERS: dict[str, object] = {}
"""Letters of features above that come by themselves, once a week or never: {the kind of the choice: its label}. See letters.py."""

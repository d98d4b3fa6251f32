"""What clients are told of a message: data, never a sentence of ours (docs/contract.md, Live)."""

from typing import Any

from cityexchange.chat.models import Message, Room
from cityexchange.core.names import sign_of
from cityexchange.members.models import Member

NOBODY = {"id": 0, "name": None, "city": None}
"""Who speaks under the Chatham House Rule: the page has the words for it. Under a chosen name, there is only that."""


def author_of(message: Message) -> dict[str, Any]:
    """`{id, name, city}`: the name now, the city then. Nobody where the space hides names or the author is gone."""
    if message.room.space.hides_names or message.author is None:
        return NOBODY
    if message.pen_name is not None:
        return NOBODY | {"name": message.pen_name}
    city = message.author_city.name if message.author_city else None
    return {"id": message.author_id, "name": message.author.display_name, "city": city}


def person(member: Member, room: Room) -> dict[str, Any]:
    """The same for somebody who is here or types."""
    if room.space.hides_names:
        return NOBODY
    if pen_name := room.space.pen_name_of(member):
        return NOBODY | {"name": pen_name}
    return {
        "id": member.id,
        "name": member.display_name,
        "city": member.city.name if member.city else None,
    }


def posted(message: Message) -> dict[str, Any]:
    """The shape of `message:posted`, and of each message in a history."""
    author = author_of(message)
    return {
        "room_id": message.room_id,
        "id": message.id,
        "number": message.number,
        "nonce": message.nonce,
        "author": author,
        "sign": sign_of(author),
        "html": message.html,
        "language": message.language,
        "posted_at": message.posted_at.isoformat(),
        "reply_to": message.reply_to_id,
    }


def in_history(message: Message) -> dict[str, Any]:
    """As `posted`, with what has happened to it since, where something has."""
    since = {
        "edited_at": message.edited_at and message.edited_at.isoformat(),
        "removed_at": message.removed_at and message.removed_at.isoformat(),
        "reactions": message.reaction_counts,
    }
    return posted(message) | {name: value for name, value in since.items() if value}


def changed(message: Message) -> dict[str, Any]:
    return {
        "room_id": message.room_id,
        "id": message.id,
        "number": message.number,
        "html": message.html,
        "language": message.language,
        "edited_at": message.edited_at and message.edited_at.isoformat(),
        "reactions": message.reaction_counts,
    }


def removed(message: Message) -> dict[str, Any]:
    return {"room_id": message.room_id, "id": message.id, "number": message.number}

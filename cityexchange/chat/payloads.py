"""What is told of a message: data, never a sentence of ours (docs/contract.md, Live). A frame, a history and a page are made of one `Shown`."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from cityexchange.chat.models import Message, Room
from cityexchange.cities.paving import parts_of
from cityexchange.core.called import Called
from cityexchange.languages.reading import Reading
from cityexchange.members.initials import colour_bucket, initials
from cityexchange.members.models import Member

NOBODY = {"id": 0, "name": None, "city": None}
"""Who speaks under the Chatham House Rule: the page has the words for it. Under a chosen name, there is only that."""
OF_NOBODY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Nonces as our pages make them: from nothing but chance."""
CHANGING = ("room_id", "id", "number", "html", "language", "edited_at", "reactions")


class Shown(NamedTuple):
    """All that is shown of a message: where it is equal, members see equal words. Number 0 is a blank one."""

    id: int
    number: int
    language: str
    html: str
    room_id: int = 0
    nonce: str | None = None
    reply_to: int | None = None
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    author_id: int | None = None
    author_name: str | None = None
    city_name: Called | None = None
    paving: int | None = None
    is_mine: bool = False
    reactions: tuple[tuple[str, int], ...] = ()
    translation: Reading | None = None
    """For who reads it better so, where somebody has translated it."""


def shown_of(message: Message, **more: Any) -> Shown:
    """Of a record at hand; `more` is what stands in other rows, where it is to be told."""
    own = {name: getattr(message, name) for name in Shown._fields[:6]}
    moments = {name: getattr(message, name) for name in ("posted_at", "edited_at", "removed_at")}
    return Shown(**own, **moments, reply_to=message.reply_to_id, **more)


def signed(message: Message) -> dict[str, Any]:
    """Who said it, as `shown_of` takes it: the name now, the city then. Nobody where the space hides names or the author is gone."""
    if message.room.space.hides_names or message.author is None:
        return {}
    if message.pen_name is not None:
        return {"author_name": message.pen_name}
    city = message.author_city
    return {
        "author_id": message.author_id,
        "author_name": message.author.display_name,
        "city_name": city.called if city else None,
        "paving": city.paving if city else None,
    }


def payload_of(message: Shown) -> dict[str, Any]:
    """The shape of `message:posted` and of each message in a history. What has happened to it since stands there where something has."""
    author = {"id": message.author_id or 0, "name": message.author_name, **_from(message.city_name)}
    said = {
        "author": author,
        "sign": _avatar_of(author, message.paving),
        "posted_at": _told(message.posted_at),
    }
    own = {name: getattr(message, name) for name in Shown._fields[:7]} | {"nonce": _echoed(message)}
    return own | said | {name: value for name, value in _since(message).items() if value}


def _echoed(message):
    """Its writer's page knows its own message by the nonce. Threat: one that somebody made up would sign what nobody signs."""
    is_signed = message.author_id is not None
    return message.nonce if is_signed or OF_NOBODY.fullmatch(message.nonce or "") else None


def change_of(message: Shown) -> dict[str, Any]:
    """The shape of `message:changed`: of the same, what can change."""
    whole = {**message._asdict(), **_since(message)}
    return {name: whole[name] for name in CHANGING}


def removed(message: Message) -> dict[str, Any]:
    return {"room_id": message.room_id, "id": message.id, "number": message.number}


def _since(message):
    moments = {name: _told(getattr(message, name)) for name in ("edited_at", "removed_at")}
    return {**moments, "reactions": dict(message.reactions)}


def _told(moment):
    return moment and moment.isoformat()


def person(member: Member, room: Room) -> dict[str, Any]:
    """Somebody who is here or types, as the author of a message."""
    if room.space.hides_names:
        return NOBODY
    if pen_name := room.space.pen_name_of(member):
        return NOBODY | {"name": pen_name}
    return {
        "id": member.id,
        "name": member.display_name,
        **_from(member.city and member.city.called),
    }


def _from(city: Called | None) -> dict[str, Any]:
    """One frame goes to many: each page takes the name in its own language, or else `city`."""
    if not city:
        return {"city": None}
    return {"city": city.own} | ({"city_names": city.names} if city.names else {})


def _avatar_of(author: dict[str, Any] | None, paving: int | None) -> dict[str, str | int] | None:
    """For pages that fill in the avatar themselves, live; None for who has no name there. With a motif, the colour is a glaze."""
    if not author or not author["name"]:
        return None
    letters = initials(author["name"])
    if paving is None:
        return {"initials": letters, "colour": colour_bucket(author["id"])}
    glaze, motif = parts_of(paving)
    return {"initials": letters, "colour": glaze, "motif": motif}

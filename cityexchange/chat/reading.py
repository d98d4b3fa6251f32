"""What pages and sockets both ask of a room: its messages, one of them, how hastily one may post."""

from datetime import datetime
from typing import Any, NamedTuple

from flask import abort
from sqlalchemy import Select, bindparam, case, func, literal, null, select
from sqlalchemy.orm import joinedload

from cityexchange.chat import facts
from cityexchange.chat.models import BATCH, Message, Reaction, Room
from cityexchange.cities.models import City
from cityexchange.core.db import at_most, rows
from cityexchange.core.glance import Glance
from cityexchange.core.prepared import prepared
from cityexchange.core.web import find
from cityexchange.languages.choices import base
from cityexchange.languages.reading import Reading, best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.spaces.models import SPACE_ABOVE

WITH_ROOM = joinedload(Message.room)
ROOM = Glance(Room, "id name description language newest oldest archived_at", space=SPACE_ABOVE)


def history(room, after):
    """The next messages after a number, and whether there are more. `oldest` where the beginning has been cut."""
    messages = room.messages_after(after, BATCH + 1)
    answer = {
        "newest": room.newest,
        "messages": [facts.in_history(message) for message in messages[:BATCH]],
        "more": len(messages) > BATCH,
    }
    return answer | ({"oldest": room.oldest} if room.oldest > 1 else {})


def message_in(room, id):
    message = find(Message, id)
    return message if message.room_id == room.id else abort(404)


class Shown(NamedTuple):
    """All that a page shows of a message: members with equal facts see equal words. Number 0 is a blank one."""

    id: int
    number: int
    language: str
    html: str
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    removed_at: datetime | None = None
    author_id: int | None = None
    author_name: str | None = None
    city_name: str | None = None
    is_mine: bool = False
    reactions: tuple[tuple[str, int], ...] = ()
    translation: Reading | None = None
    """For who does not read its language, where somebody has translated it."""


BLANK = Shown(0, 0, "en", "")


def shown_after(room: Any, reader: Any, number: int) -> list[Shown]:
    """The next messages after a number, oldest first."""
    return _shown(room, reader, _after(room.space.hides_names, BATCH), number)


def shown_before(room: Any, reader: Any, number: int, most: int) -> list[Shown]:
    """The last messages before a number, oldest first."""
    return _shown(room, reader, _before(room.space.hides_names, most), number)[::-1]


def _shown(room, reader, statement, number):
    facts = {"room_id": room.id, "reader_id": reader.id, "number": number}
    found = rows(statement, facts).all()
    signs, translations = _signs([row.id for row in found]), _translations(found, reader)
    return [
        Shown(*row[2:], reactions=signs.get(row.id, ()), translation=translations.get(row.id))
        for row in found
    ]


def _translations(found, reader):
    """{message id: Reading}, in one query for all that the reader does not read."""
    languages = reader_languages(reader)
    foreign = [row for row in found if row.text and base(row.language) not in languages]
    readings = best_readings(languages, foreign).items()
    return {id: reading for (_type, id, _field), reading in readings if reading.is_translation}


NUMBER = bindparam("number", type_=Message.number.type)


@prepared
def _after(hides_names: bool, most: int) -> Select[Any]:
    return _messages(hides_names, most).where(Message.number > NUMBER).order_by(Message.number)


@prepared
def _before(hides_names: bool, most: int) -> Select[Any]:
    return _messages(hides_names, most).where(Message.number < NUMBER).order_by(Message.number.desc())


def _messages(hides_names, most):
    """Under the Chatham House Rule neither name nor city leaves the database."""
    is_own_name = Message.pen_name.is_(None)
    author = (
        (null(), null(), null())
        if hides_names
        else (
            case((is_own_name, Member.id)),
            func.coalesce(Message.pen_name, Member.name),
            case((is_own_name, City.name)),
        )
    )
    return (
        select(
            literal("Message").label("record_type"),
            Message.text,
            Message.id,
            Message.number,
            Message.language,
            Message.html,
            Message.posted_at,
            Message.edited_at,
            Message.removed_at,
            *author,
            func.coalesce(Message.author_id == bindparam("reader_id"), False),
        )
        .outerjoin(Member, Member.id == Message.author_id)
        .outerjoin(City, City.id == Message.author_city_id)
        .where(Message.room_id == bindparam("room_id"))
        .limit(at_most(most))
    )


@prepared
def _reactions():
    numbers = select(Reaction.message_id, Reaction.emoji, func.count())
    numbers = numbers.where(Reaction.message_id.in_(bindparam("ids", expanding=True)))
    return numbers.group_by(Reaction.message_id, Reaction.emoji)


def _signs(ids):
    """{message id: ((emoji, how many), ...)}"""
    signs: dict[int, tuple[tuple[str, int], ...]] = {}
    for id, emoji, number in rows(_reactions(), {"ids": ids}) if ids else ():
        signs[id] = (*signs.get(id, ()), (emoji, number))
    return signs

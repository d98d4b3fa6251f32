"""What pages and sockets both ask of a room: its messages, or one of them."""

from typing import Any

from flask import abort
from sqlalchemy import Select, bindparam, case, func, literal, null, select
from sqlalchemy.orm import joinedload

from cityexchange.chat.levels import places_of
from cityexchange.chat.models import Message, Reaction, Room
from cityexchange.chat.payloads import Shown, payload_of
from cityexchange.cities.models import City
from cityexchange.core.db import at_most, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import Projection
from cityexchange.core.reader import OneReader
from cityexchange.core.web import find, me
from cityexchange.follows.levels import level_of_part
from cityexchange.follows.models import level_of
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.members.naming import each_with_names
from cityexchange.spaces.reading import SPACE_ABOVE

PAGE = 50
"""Messages on a page."""
BATCH = 200
"""Messages in one answer to who catches up."""
WITH_ROOM = joinedload(Message.room)
ROOM = Projection(
    Room,
    "id name description language newest oldest archived_at",
    space=SPACE_ABOVE,
    level=level_of,
    holding=lambda room: level_of_part(*places_of(room)),
)


def page_around(number: int) -> int:
    """Before which message a page ends that has this one in its middle."""
    return number + PAGE // 2


def history(room, after):
    """The next messages after a number, and whether there are more. `oldest` where the beginning has been cut."""
    hides_names = room.space.hides_names
    _, messages = _read(_after(hides_names, BATCH + 1), room, me(), after)
    words = each_with_names((message.html for message in messages[:BATCH]), me(), hides_names)
    answer = {
        "newest": room.newest,
        "messages": [
            payload_of(message._replace(html=html)) for message, html in zip(messages, words, strict=False)
        ],
        "more": len(messages) > BATCH,
    }
    return answer | ({"oldest": room.oldest} if room.oldest > 1 else {})


def message_in(room, id):
    message = find(Message, id)
    return message if message.room_id == room.id else abort(404)


BLANK = Shown(0, 0, "en", "")


def shown_after(room: Any, reader: OneReader, number: int, most: int = BATCH) -> list[Shown]:
    """The next messages after a number, oldest first."""
    return _translated(_after(room.space.hides_names, most), room, reader, number)


def shown_before(room: Any, reader: OneReader, number: int, most: int) -> list[Shown]:
    """The last messages before a number, oldest first."""
    return _translated(_before(room.space.hides_names, most), room, reader, number)[::-1]


def _translated(statement, room, reader: OneReader, number):
    found, messages = _read(statement, room, reader, number)
    translations = _translations(found, reader)
    return [message._replace(translation=translations.get(message.id)) for message in messages]


def _read(statement, room, reader: OneReader, number):
    """The rows, and what is shown of them in the languages they were said in."""
    found = rows(statement, {"room_id": room.id, "reader_id": reader.id, "number": number}).all()
    counts = _reaction_counts([row.id for row in found])
    return found, [Shown._make((*row[2:], counts.get(row.id, ()), None)) for row in found]


def _translations(found, reader: OneReader):
    """{message id: Reading}, in one query for all that the reader reads better in translation."""
    readings = best_readings(reader_languages(reader), [row for row in found if row.text]).items()
    return {id: reading for (_type, id, _field), reading in readings if reading.is_translation}


NUMBER = bindparam("number", type_=Message.number.type)


@prepared
def _after(hides_names: bool, most: int) -> Select[Any]:
    return _messages(hides_names, most).where(Message.number > NUMBER).order_by(Message.number)


@prepared
def _before(hides_names: bool, most: int) -> Select[Any]:
    return _messages(hides_names, most).where(Message.number < NUMBER).order_by(Message.number.desc())


def _messages(hides_names, most):
    return (
        select(
            literal("Message").label("record_type"),
            Message.text,
            Message.id,
            Message.number,
            Message.language,
            Message.html,
            Message.room_id,
            Message.nonce,
            Message.reply_to_id,
            Message.posted_at,
            Message.edited_at,
            Message.removed_at,
            *_author(hides_names),
            func.coalesce(Message.author_id == bindparam("reader_id"), False),
        )
        .outerjoin(Member, Member.id == Message.author_id)
        .outerjoin(City, City.id == Message.author_city_id)
        .where(Message.room_id == bindparam("room_id"))
        .limit(at_most(most))
    )


def _author(hides_names):
    """Number, name, city and its paving. Under the Chatham House Rule none of them leaves the database."""
    if hides_names:
        return null(), null(), null(), null()
    is_own_name, is_there = Message.pen_name.is_(None), Member.id.is_not(None)
    name = func.coalesce(Message.pen_name, Member.name)
    city = [case((is_own_name & is_there, column)) for column in (City.called, City.paving)]
    return case((is_own_name, Member.id)), name, *city


@prepared
def _reactions():
    numbers = select(Reaction.message_id, Reaction.emoji, func.count())
    numbers = numbers.where(Reaction.message_id.in_(bindparam("ids", expanding=True)))
    return numbers.group_by(Reaction.message_id, Reaction.emoji)


def _reaction_counts(ids):
    """{message id: ((emoji, how many), ...)}"""
    counts: dict[int, tuple[tuple[str, int], ...]] = {}
    for id, emoji, number in rows(_reactions(), {"ids": ids}) if ids else ():
        counts[id] = (*counts.get(id, ()), (emoji, number))
    return counts

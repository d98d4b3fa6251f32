"""Messages of rooms."""

from flask import url_for
from sqlalchemy import bindparam, case, func, null

from cityexchange.chat.models import Message, Room
from cityexchange.core.db import rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.languages.reading import UiNameRow, best_readings, reader_languages
from cityexchange.members.models import Member
from cityexchange.notifications.told.shapes import Told
from cityexchange.spaces.models import Space


def messages(reader: OneReader, ids: set[int]) -> list[Told]:
    found = rows(_messages(reader), {**reader.bind_values, "ids": list(ids)}).all()
    names = _names(found)
    return [
        Told(
            "Message",
            row.id,
            "chat",
            url_for("chat.show_message", id=row.id),
            names["Room", row.room_id],
            names["Space", row.space_id],
            row.writer,
            record=row,
        )
        for row in found
    ]


def _names(found):
    rooms = {UiNameRow("Room", row.room_id, row.room_name, row.room_language) for row in found}
    spaces = {UiNameRow("Space", row.space_id, row.space_name, row.space_language) for row in found}
    readings = best_readings(reader_languages(), rooms | spaces, ("name",))
    return {(record_type, id): name for (record_type, id, _), name in readings.items()}


@prepared
def _messages(reader: Reader):
    signed = func.coalesce(Message.pen_name, Member.name, "")
    columns = (
        Message.id,
        Message.room_id,
        Room.name.label("room_name"),
        Room.language.label("room_language"),
        Space.id.label("space_id"),
        Space.name.label("space_name"),
        Space.language.label("space_language"),
        case((Space.hides_names, null()), else_=signed).label("writer"),
    )
    standing = visible_to(reader, Message).where(Message.removed_at.is_(None))
    whole = standing.join(Room, Room.id == Message.room_id).join(Space, Space.id == Room.space_id)
    signed_by = whole.outerjoin(Member, Member.id == Message.author_id)
    return signed_by.where(Message.id.in_(bindparam("ids", expanding=True))).with_only_columns(*columns)

"""What chat shows on pages that lie below it or belong to nobody."""

from itertools import groupby

from sqlalchemy import and_, bindparam
from sqlalchemy.orm import contains_eager

from cityexchange.chat.levels import places_of
from cityexchange.chat.models import Occupancy, Room
from cityexchange.chat.standing import stands_after, unread_of
from cityexchange.core.db import at_most, db
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import Reader
from cityexchange.follows.levels import is_muted
from cityexchange.spaces.models import Space

FEW = 5
BY_SPACE = (Space.folded, Space.id, Room.folded, Room.id)


def rooms_with_unread(reader: Reader):
    """A Select of (Room, unread or None) the reader sees, by space; None where they have never been."""
    mine = and_(Occupancy.room_id == Room.id, Occupancy.member_id == reader.id)
    return (
        visible_to(reader, Room)
        .join(Room.space)
        .outerjoin(Occupancy, mine)
        .options(contains_eager(Room.space))
        .add_columns(unread_of(Room, Occupancy.last_read))
        .where(Room.archived_at.is_(None))
        .order_by(*BY_SPACE)
    )


@prepared
def rooms_in_space(reader: Reader):
    return rooms_with_unread(reader).where(Room.space_id == bindparam("space_id"))


@prepared
def rooms_that_went_on(reader: Reader):
    is_further = Room.newest > Occupancy.last_read, stands_after(Room, Occupancy.last_read)
    news = rooms_with_unread(reader).where(*is_further, ~is_muted(*places_of(Room))).order_by(None)
    return news.order_by(Room.updated_at.desc()).limit(at_most(FEW))


def by_space(rooms):
    """[(space, [(room, unread)])] of (room, unread) in the order BY_SPACE."""
    return [(space, list(rows)) for space, rows in groupby(rooms, key=lambda row: row[0].space)]


def rooms_with_news(member):
    """For the start page: rooms the member has been in where something was said since."""
    if not member.is_authenticated:
        return None
    found = db.session.execute(rooms_that_went_on(member), member.bind_values).all()
    return ("chat/panels/_news.html", {"rooms": found}) if found else None


def rooms_of_space(member, space):
    if not member.is_authenticated:
        return None
    bind_values = {**member.bind_values, "space_id": space.id}
    found = db.session.execute(rooms_in_space(member), bind_values).all()
    return "chat/panels/_rooms.html", {"rooms": found, "space": space}

"""What chat shows on pages that lie below it or belong to nobody."""

from itertools import groupby

from sqlalchemy import and_
from sqlalchemy.orm import contains_eager

from cityexchange.chat.models import Occupancy, Room
from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.spaces.models import Space

MOST = 5
BY_SPACE = (Space.name, Space.id, Room.name, Room.id)


def rooms_with_unread(member):
    """A Select of (Room, unread or None) the member sees, by space; None where they have never been."""
    mine = and_(Occupancy.room_id == Room.id, Occupancy.member_id == member.id)
    return (
        visible_to(member, Room)
        .join(Room.space)
        .outerjoin(Occupancy, mine)
        .options(contains_eager(Room.space))
        .add_columns(Room.newest - Occupancy.last_read)
        .where(Room.archived_at.is_(None))
        .order_by(*BY_SPACE)
    )


def by_space(rooms):
    """[(space, [(room, unread)])] of (room, unread) in the order BY_SPACE."""
    return [(space, list(rows)) for space, rows in groupby(rooms, key=lambda row: row[0].space)]


def rooms_with_news(member):
    """For the start page: rooms the member has been in where something was said since."""
    if not member.is_authenticated:
        return None
    news = rooms_with_unread(member).where(Room.newest > Occupancy.last_read, Occupancy.is_muted.is_(False))
    rows = db.session.execute(news.order_by(None).order_by(Room.updated_at.desc()).limit(MOST)).all()
    return ("chat/panels/_news.html", {"rooms": rows}) if rows else None


def rooms_of_space(member, space):
    if not member.is_authenticated:
        return None
    rows = db.session.execute(rooms_with_unread(member).where(Room.space_id == space.id)).all()
    return "chat/panels/_rooms.html", {"rooms": rows, "space": space}

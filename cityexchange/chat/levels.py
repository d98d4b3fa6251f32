"""Where a member may have chosen how much they hear of a room (follows/levels.py), from the narrowest to the widest."""

from typing import Any

from sqlalchemy import Integer, bindparam

from cityexchange.follows.levels import Place


def places_of(room: Any) -> tuple[Place, ...]:
    return Place("Room", room.id), Place("Space", room.space_id)


ROOM = (
    Place("Room", bindparam("room_id", type_=Integer)),
    Place("Space", bindparam("space_id", type_=Integer)),
)
"""Of one room, by parameters."""

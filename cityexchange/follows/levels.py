"""Which level holds for a member, as SQL: the most specific choice. Of a topic its own, else its forum's, else its themes', else its
space's; of a room its own, else its space's; else normal.

muted       nothing is told, no mention either
normal      what names or answers the member
following   of a topic or room what is said in it; of what topics stand in each new one, and in these what is normal
everything  what is said in it, wherever below it that is

Of several themes the highest choice counts, and muted only where the member muted all of them: nothing is lost by one.
"""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, select, union

from cityexchange.core.db import constant
from cityexchange.follows.kinds import LEVELS
from cityexchange.follows.models import Follow

MUTED, NORMAL, FOLLOWING, EVERYTHING = range(len(LEVELS))
AS_CHOSEN = dict(zip(LEVELS, range(len(LEVELS)), strict=True))
BELOW = AS_CHOSEN | {"following": NORMAL}
"""What a choice for the whole says of each part that is there already."""
READER = bindparam("reader_id", type_=Integer)


class Place(NamedTuple):
    """What can be followed, from the narrowest to the widest: `ids` is a column or a parameter, or a Select of several."""

    kind: str
    ids: Any


def level_in(*places: Place, member_id: Any = READER) -> ColumnElement[int]:
    """The number of the level (its place in LEVELS) at which the member hears of what begins in these places."""
    return _first(places, AS_CHOSEN, AS_CHOSEN, member_id)


def level_of_part(*places: Place, member_id: Any = READER) -> ColumnElement[int]:
    """The same of what is said in the first of these places, which has begun already."""
    return _first(places, AS_CHOSEN, BELOW, member_id)


def is_muted(*places: Place, member_id: Any = READER) -> ColumnElement[bool]:
    return level_in(*places, member_id=member_id) == MUTED


def told_of_part(*places: Place, least: int = FOLLOWING) -> Select[Any]:
    """Ids of the members who hear of what is said in the first place: there at least at this level."""
    first, *above = places
    all_of_it = [_choosers(place, ("everything",)) for place in above]
    by_what_is_above = _among(
        all_of_it, lambda member_id: level_of_part(*places, member_id=member_id) >= least
    )
    # Most chose it for the record itself: their choice holds, and is not looked up once more for each.
    told = union(_choosers(first, LEVELS[least:]), by_what_is_above).subquery("told")
    return select(told.c.member_id)


def told_of_new(*places: Place) -> Select[Any]:
    """Ids of the members who hear of what begins in these places."""
    heard = [_choosers(place, LEVELS[FOLLOWING:]) for place in places]
    return _among(heard, lambda member_id: level_in(*places, member_id=member_id) >= FOLLOWING)


def _among(heard, condition):
    members = union(*heard).subquery("heard")
    return select(members.c.member_id).where(condition(members.c.member_id))


def _choosers(place: Place, levels):
    chosen = Follow.level.in_([constant(level) for level in levels])
    return select(Follow.member_id).where(*_in(place), chosen)


def _first(places, numbers, numbers_above, member_id):
    first, *above = places
    chosen = [_chosen(first, numbers, member_id), *(_chosen(one, numbers_above, member_id) for one in above)]
    return func.coalesce(*chosen, NORMAL, type_=Integer)


def _chosen(place: Place, numbers, member_id) -> Any:
    number = case(*((Follow.level == constant(level), numbers[level]) for level in LEVELS))
    if isinstance(place.ids, Select):
        number = _of_several(place.ids, number)
    chosen = select(number).where(Follow.member_id == member_id, *_in(place))
    return chosen.correlate_except(Follow).scalar_subquery()


def _of_several(ids: Select[Any], number):
    highest, all_of_them = func.max(number), ids.with_only_columns(func.count()).scalar_subquery()
    is_muted_everywhere = and_(highest == MUTED, func.count() == all_of_them)
    return case((highest > MUTED, highest), (is_muted_everywhere, MUTED))


def _in(place: Place):
    ids = place.ids
    named = Follow.record_id.in_(ids) if isinstance(ids, Select) else Follow.record_id == ids
    return Follow.record_type == constant(place.kind), named

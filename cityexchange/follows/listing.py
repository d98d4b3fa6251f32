"""A member's own list: what they chose a level for, in a number of statements that does not grow."""

from collections import defaultdict
from dataclasses import dataclass

from cityexchange.core.db import among, at_most, db
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.follows.kinds import Followable, Followed, followables
from cityexchange.follows.models import Follow

LINES = 20
"""Choices on a page of the list."""
MORE = ("following", "everything")


@dataclass(frozen=True)
class Line:
    follow: Follow
    kind: Followable
    followed: Followed | None
    """None where the record is not open to the member any more: nothing is told of it."""


def page_of(member: OneReader, kind: str | None) -> tuple[list[Line], Stretch]:
    """The newest first; of one kind, or of all."""
    mine = visible_to(member, Follow)
    if kind:
        mine = mine.where(Follow.record_type == kind)
    stretch = stretch_of(mine, (Follow.id.desc(),), LINES)
    return _lines_of([follow for (follow,) in stretch.rows], member), stretch


def first_of(member: OneReader, most: int) -> list[Line]:
    """Of what the member wants to hear more than usually."""
    mine = visible_to(member, Follow).where(among(Follow.level, MORE)).order_by(Follow.id.desc())
    return _lines_of(list(db.session.scalars(mine.limit(at_most(most)))), member)


def _lines_of(follows, member: OneReader):
    ids = defaultdict(list)
    for one in follows:
        ids[one.record_type].append(one.record_id)
    there = {
        (kind, followed.id): followed
        for kind, those in ids.items()
        for followed in followables[kind].lines(member, those)
    }
    return [
        Line(one, followables[one.record_type], there.get((one.record_type, one.record_id)))
        for one in follows
    ]


def kinds_of(member: OneReader) -> list[str]:
    """Of which kinds the member chose something, in the order of the registry."""
    found = visible_to(member, Follow).with_only_columns(Follow.record_type).distinct()
    there = set(db.session.scalars(found))
    return [kind.model.__name__ for kind in followables if kind.model.__name__ in there]

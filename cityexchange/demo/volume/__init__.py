"""Synthetic volume for measuring: nothing in it means anything, everything in it is flagged illustrative.

    volume.load(Size(members=500, posts=50_000, ...))

The same size makes the same content, whatever the day; only the workshops lie ahead of the day they are made on.
Rows are inserted in bulk: the models' own verbs would take an hour. What the verbs keep true (positions and numbers
without gaps, counters, newest authors) is kept true here, and held by tests/demo.
"""

from dataclasses import dataclass
from random import Random

from cityexchange.core import audit
from cityexchange.core.db import db
from cityexchange.demo.volume import boards, meetings, people, rooms
from cityexchange.spaces.models import Space
from cityexchange.themes.taxonomy import load_taxonomy

SEED = 20260501


@dataclass(frozen=True)
class Size:
    """How much of each. Who registers is a member too: there are as many accounts as the larger number."""

    members: int = 500
    forums: int = 20
    topics: int = 2_000
    posts: int = 50_000
    rooms: int = 20
    messages: int = 50_000
    workshops: int = 200
    registrants: int = 1_000


def is_loaded() -> bool:
    return db.session.scalar(db.select(Space.id).filter_by(slug=people.SLUG)) is not None


def load(size: Size) -> None:
    """All of it, in this unit of work, on an empty database or beside what is there."""
    load_taxonomy()
    audit.record("load_volume")
    random = Random(SEED)
    crowd = people.load_people(size)
    public, closed = people.load_spaces()
    writers = crowd[: size.members]
    boards.load_boards(random, size, public, writers)
    rooms.load_rooms(random, size, closed, writers)
    meetings.load_workshops(random, size, crowd)

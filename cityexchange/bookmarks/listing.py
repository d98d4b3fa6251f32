"""A member's own list: what they keep, in a number of statements that does not grow."""

from collections import defaultdict
from dataclasses import dataclass

from cityexchange.bookmarks.kinds import Keepable, Kept, keepables
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import at_most, db
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.languages.reading import Reading, best_readings, reader_languages

LINES = 20
"""Bookmarks on a page of the list."""


@dataclass(frozen=True)
class Line:
    bookmark: Bookmark
    kind: Keepable
    kept: Kept | None
    """None where the record is not open to the member any more: nothing is told of it."""
    title: Reading | None


def page_of(member: OneReader, kind: str | None) -> tuple[list[Line], Stretch]:
    """The newest first; of one kind, or of all."""
    mine = visible_to(member, Bookmark)
    if kind:
        mine = mine.where(Bookmark.record_type == kind)
    stretch = stretch_of(mine, (Bookmark.id.desc(),), LINES)
    return lines_of([bookmark for (bookmark,) in stretch.rows], member), stretch


def first_of(member: OneReader, most: int) -> list[Line]:
    mine = visible_to(member, Bookmark).order_by(Bookmark.id.desc()).limit(at_most(most))
    return lines_of(list(db.session.scalars(mine)), member)


def lines_of(bookmarks: list[Bookmark], member: OneReader) -> list[Line]:
    kept = {(one.record_type, one.id): one for one in _kept(bookmarks, member)}
    titles = best_readings(reader_languages(), kept.values(), ("title",))
    named = [(one, (one.record_type, one.record_id)) for one in bookmarks]
    return [
        Line(one, keepables[one.record_type], kept.get(key), titles.get((*key, "title")))
        for one, key in named
    ]


def _kept(bookmarks, member: OneReader):
    ids = defaultdict(list)
    for one in bookmarks:
        ids[one.record_type].append(one.record_id)
    for record_type, those in ids.items():
        yield from keepables[record_type].lines(member, those)


def kinds_of(member: OneReader) -> list[str]:
    """Which kinds are among what the member keeps, in the order of the registry."""
    found = visible_to(member, Bookmark).with_only_columns(Bookmark.record_type).distinct()
    there = set(db.session.scalars(found))
    return [kind.model.__name__ for kind in keepables if kind.model.__name__ in there]

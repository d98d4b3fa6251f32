"""What somebody's first words lead to: the forum where they may belong, their themes, and topics like them. Guesses, for people to
correct: nothing is published by one."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, literal, select

from cityexchange.core.db import at_most, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.forums.listing import Conditions, TopicList, titles_of, topics_for
from cityexchange.forums.models import Forum, Tagging, Topic
from cityexchange.forums.tags import keys_in, theme_keys
from cityexchange.languages.reading import best_readings, reader_languages
from cityexchange.themes.models import Theme
from cityexchange.themes.recognising import HAN, themes_in, words_of

FEW = 4
"""Topics like this one."""
READ = 150
"""Newest topics, and newest ones on the same themes, that are looked at: however many there are."""
FORUMS = FIRST = 2
LONGEST_TITLE, LONGEST_TEXT = 200, 2_000
"""Signs that count: what is longer is refused, or has said by then what it is about."""
STEM, SHORTEST = 5, 4
"""Letters in which forms of a word agree, and below which a word says little."""


class Suggestions(NamedTuple):
    """Slugs of forums and keys of themes, likeliest first."""

    forums: list[str]
    themes: list[str]
    similar: TopicList


def suggest(reader: OneReader, forums: Iterable[Forum], title: str, text: str = "") -> Suggestions:
    """Of these forums, and of what the reader may see. However much was sent, at its beginning alone is looked."""
    title, text = title[:LONGEST_TITLE], text[:LONGEST_TEXT]
    themes = themes_in(title, text)
    similar = topics_like(reader, title, themes)
    return Suggestions(_forums_for(list(forums), title, themes, similar), themes, similar)


def _forums_for(forums, title, themes, similar):
    readings = best_readings(reader_languages(), forums, ("name", "description"))
    wanted, points = stems_of(title), Counter(topic.forum_slug for topic in similar.topics)
    for forum in forums:
        name, about = (readings["Forum", forum.id, field] for field in ("name", "description"))
        said = [f"{one.text} {one.original_text}" for one in (name, about)]
        points[forum.slug] += 2 * len(wanted & stems_of(said[0])) + len(wanted & stems_of(said[1]))
        points[forum.slug] += 3 * len({*themes_in(*said)} & {*themes[:FIRST]})
    open_ones = [forum.slug for forum in forums if points[forum.slug] > 0]
    return sorted(open_ones, key=lambda slug: -points[slug])[:FORUMS]


def stems_of(text: str) -> set[str]:
    """What two titles may have in common: beginnings of their longer words, and pairs of Chinese signs."""
    words = {word[:STEM] for word in words_of(text) if len(word) >= SHORTEST}
    signs = "".join(HAN.findall(text))
    return words | {signs[at : at + 2] for at in range(len(signs) - 1)}


def topics_like(reader: OneReader, title: str, themes: list[str]) -> TopicList:
    """Those that share a word of their title, as it was written or as the reader reads it, or one of the first themes."""
    bind_values = {**reader.bind_values, "themes": themes}
    found = rows(_newest(reader), bind_values).all()
    if themes:
        found = [*{row.id: row for row in [*found, *rows(_on_themes(reader), bind_values).all()]}.values()]
    points = _points(found, stems_of(title), themes)
    ids = sorted(points, key=lambda id: (-points[id], -id))[:FEW]
    listed = topics_for(reader, among_these, limit=FEW, ids=ids)
    listed.topics.sort(key=lambda topic: ids.index(topic.id))
    return listed


def among_these(_reader: Reader) -> Conditions:
    return (Topic.id.in_(bindparam("ids", expanding=True)),)


def _points(found, wanted, themes):
    """{topic id: how like}. A word that many titles have says nothing of any."""
    readings = titles_of(found) if wanted else {}
    stems = {row.id: stems_of(f"{row.title} {readings[row.id].text}") & wanted for row in found if wanted}
    common = Counter(stem for of_one in stems.values() for stem in of_one)
    many = max(3, len(found) // 10)
    points = {}
    for row in found:
        shared = sum(1 for stem in stems.get(row.id, ()) if common[stem] <= many)
        on_theme = sum(1 for key in keys_in(row.theme_keys) if key in themes[:FIRST])
        if likeness := shared + on_theme:
            points[row.id] = likeness
    return points


@prepared
def _newest(reader: Reader) -> Select[Any]:
    return _as_read(visible_to(reader, Topic).order_by(Topic.last_posted_at.desc(), Topic.id.desc()))


@prepared
def _on_themes(reader: Reader) -> Select[Any]:
    """The rows of the themes first: of those an index knows the newest."""
    tagged = select(Tagging.topic_id).join(Theme, Theme.id == Tagging.theme_id)
    tagged = tagged.where(Theme.key.in_(bindparam("themes", expanding=True)))
    newest = tagged.order_by(Tagging.topic_id.desc()).limit(at_most(READ)).subquery()
    return _as_read(visible_to(reader, Topic).where(Topic.id.in_(select(newest.c.topic_id))))


def _as_read(topics):
    columns = Topic.id, Topic.title, Topic.language, theme_keys(Topic).label("theme_keys")
    read = topics.with_only_columns(literal("Topic").label("record_type"), *columns)
    return read.limit(at_most(READ))

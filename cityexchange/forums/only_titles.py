"""Whether the posts below a translated title can be read as well: a list that shows titles says which it is."""

from typing import Any

from sqlalchemy import Select, bindparam, select, true

from cityexchange.core.db import constant, rows
from cityexchange.core.prepared import prepared
from cityexchange.forums.models import PAGE, Post, Topic
from cityexchange.languages.choices import UNDETERMINED
from cityexchange.languages.models import Translation
from cityexchange.languages.reading import Reading


def only_titles(titles: dict[int, Reading], languages: list[str]) -> frozenset[int]:
    """Of topics, by number, those whose title is read in translation while a post on the first page is not read at all.

    A list in the reader's own language asks nothing.
    """
    translated = [id for id, title in titles.items() if title.is_translation]
    if not translated:
        return frozenset()
    bind_values = {"ids": translated, "languages": languages, "telling": [*languages, UNDETERMINED]}
    return frozenset(rows(_with_foreign_posts(), bind_values).scalars())


@prepared
def _with_foreign_posts() -> Select[Any]:
    there = select(Translation.id).where(
        Translation.record_type == constant("Post"),
        Translation.record_id == Post.id,
        Translation.field == constant("text"),
        Translation.language.in_(bindparam("languages", expanding=True)),
    )
    foreign = select(true()).where(
        Post.topic_id == Topic.id,
        Post.position <= PAGE,
        Post.removed_at.is_(None),
        Post.language.not_in(bindparam("telling", expanding=True)),
        ~there.correlate(Post).exists(),
    )
    topics = select(Topic.id).where(Topic.id.in_(bindparam("ids", expanding=True)))
    return topics.where(foreign.correlate(Topic).exists())

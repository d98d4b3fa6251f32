"""What version of a page there is now: one small read, by which a page in memory is known to be true still."""

from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func

from cityexchange.core.db import rows
from cityexchange.core.policy import prepared, visible_to
from cityexchange.forums.models import Forum, Topic
from cityexchange.languages.signs import version_facts
from cityexchange.spaces.models import Space


def version_of_topic(reader: Any, id: int) -> tuple[Any, ...] | None:
    """None when the reader sees no such topic."""
    found = rows(_of_topic(reader), {**reader.facts, "wanted": id}).first()
    return tuple(found) if found else None


@prepared
def _of_topic(reader: Any) -> Select[Any]:
    facts = Topic.version, Topic.state, Forum.name, Forum.language, Space.name, Space.confidentiality
    seen = visible_to(reader, Topic).with_only_columns(*facts, *version_facts())
    return (
        seen.join(Forum, Forum.id == Topic.forum_id)
        .join(Space)
        .where(Topic.id == bindparam("wanted", type_=Topic.id.type))
    )


def version_of_boards(reader: Any, slug: str | None = None) -> tuple[Any, ...]:
    """Which forums the reader sees, all or the one of this slug; and what changes whenever one of them or a name does."""
    return tuple(rows(_of_boards(reader, slug is not None), {**reader.facts, "wanted": slug}).one())


def _each(model: Any) -> Any:
    when = cast(model.id, String) + "@" + cast(model.updated_at, String)
    return func.aggregate_strings(when, ",")


@prepared
def _of_boards(reader: Any, is_of_one: bool) -> Select[Any]:
    # Each with its own time: the newest of all would hide a change that began earlier and was certain later.
    facts = _each(Forum), _each(Space)
    which = (Forum.slug == bindparam("wanted", type_=Forum.slug.type),) if is_of_one else ()
    return visible_to(reader, Forum).with_only_columns(*facts, *version_facts()).where(*which).join(Space)

"""What version of a page there is now: one small read, by which a page in memory is known to be true still."""

from typing import Any

from sqlalchemy import func

from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.forums.models import Forum, Topic
from cityexchange.languages.signs import version_facts
from cityexchange.spaces.models import Space


def version_of_topic(reader: Any, id: int) -> tuple[Any, ...] | None:
    """None when the reader sees no such topic."""
    facts = Topic.version, Topic.state, Forum.name, Forum.language, Space.name, Space.confidentiality
    query = visible_to(reader, Topic).with_only_columns(*facts, *version_facts()).where(Topic.id == id)
    found = db.session.execute(query.join(Forum, Forum.id == Topic.forum_id).join(Space)).first()
    return tuple(found) if found else None


def version_of_boards(reader: Any, *conditions: Any) -> tuple[Any, ...]:
    """Rises with every change in the forums that the reader sees, and with their names."""
    facts = func.count(), func.sum(Forum.post_count), func.max(Forum.updated_at), func.max(Space.updated_at)
    query = visible_to(reader, Forum).with_only_columns(*facts, *version_facts()).where(*conditions)
    return tuple(db.session.execute(query.join(Space)).one())

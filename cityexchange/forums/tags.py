"""The themes of a topic as one column."""

from typing import Any

from sqlalchemy import func, select

from cityexchange.forums.models import Tagging
from cityexchange.themes.models import Theme


def theme_keys(topic: Any) -> Any:
    """A column for the themes of a topic, in the taxonomy's order: "housing,work", or null. See `keys_in`."""
    tags = select(Theme.key).join(Tagging, Tagging.theme_id == Theme.id).where(Tagging.topic_id == topic.id)
    keys = tags.order_by(Theme.position).correlate(topic).subquery()
    return select(func.aggregate_strings(keys.c.key, ",")).scalar_subquery()


def keys_in(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()

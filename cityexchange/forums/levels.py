"""Where a member may have chosen how much they hear of a topic (follows/levels.py), from the narrowest to the widest."""

from typing import Any

from sqlalchemy import Integer, bindparam, select

from cityexchange.follows.levels import Place, level_in, level_of_part
from cityexchange.forums.models import Forum, Tagging, Topic


def _number(name):
    return bindparam(name, type_=Integer)


TOPIC = (
    Place("Topic", _number("topic_id")),
    Place("Forum", _number("forum_id")),
    Place("Theme", select(Tagging.theme_id).where(Tagging.topic_id == _number("topic_id"))),
    Place("Space", _number("space_id")),
)
"""Of one topic, whose parameters `parameters_of` gives. What begins in the places above it is the topic itself: `TOPIC[1:]`."""


def parameters_of(topic: Topic) -> dict[str, int]:
    return {"topic_id": topic.id, "forum_id": topic.forum_id, "space_id": topic.forum.space_id}


def level_of_topic(topic: Any) -> Any:
    """A column for a topic: the number of the level that holds for the reader, whatever it was chosen for."""
    themes = select(Tagging.theme_id).where(Tagging.topic_id == topic.id).correlate(topic)
    space = select(Forum.space_id).where(Forum.id == topic.forum_id).correlate(topic).scalar_subquery()
    above = Place("Forum", topic.forum_id), Place("Theme", themes), Place("Space", space)
    return level_of_part(Place("Topic", topic.id), *above)


def level_of_forum(forum: Any) -> Any:
    """The same for a forum."""
    return level_in(Place("Forum", forum.id), Place("Space", forum.space_id))

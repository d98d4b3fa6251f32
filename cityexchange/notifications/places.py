"""Which records stand in which: what is told of a part goes with its whole, and with the right to see it."""

from typing import Any

from sqlalchemy import Integer, Select, bindparam, select

from cityexchange.chat.models import Message, Room
from cityexchange.forums.models import Forum, Post, Topic
from cityexchange.spaces.entries import SpaceEntry
from cityexchange.spaces.models import Space
from cityexchange.workshops.models import Workshop
from cityexchange.workshops.registrations import Registration
from cityexchange.workshops.states import StateChange

WHOLE: Any = bindparam("whole_id", type_=Integer)
POSTS = select(Post.id).join(Topic, Topic.id == Post.topic_id)
MESSAGES = select(Message.id).join(Room, Room.id == Message.room_id)
REGISTRATIONS = select(Registration.id).join(Workshop, Workshop.id == Registration.workshop_id)
STEPS = select(StateChange.id).join(Workshop, Workshop.id == StateChange.workshop_id)
OF_SPACE = {
    "Topic": select(Topic.id).join(Forum, Forum.id == Topic.forum_id).where(Forum.space_id == WHOLE),
    "Post": POSTS.join(Forum, Forum.id == Topic.forum_id).where(Forum.space_id == WHOLE),
    "Room": select(Room.id).where(Room.space_id == WHOLE),
    "Message": MESSAGES.where(Room.space_id == WHOLE),
    "Workshop": select(Workshop.id).where(Workshop.space_id == WHOLE),
    "Registration": REGISTRATIONS.where(Workshop.space_id == WHOLE),
    "StateChange": STEPS.where(Workshop.space_id == WHOLE),
    "SpaceEntry": select(SpaceEntry.id).where(SpaceEntry.space_id == WHOLE),
}
PARTS: dict[type, dict[str, Select[Any]]] = {
    Topic: {"Post": select(Post.id).where(Post.topic_id == WHOLE)},
    Forum: {
        "Topic": select(Topic.id).where(Topic.forum_id == WHOLE),
        "Post": POSTS.where(Topic.forum_id == WHOLE),
    },
    Room: {"Message": select(Message.id).where(Message.room_id == WHOLE)},
    Workshop: {
        "Registration": select(Registration.id).where(Registration.workshop_id == WHOLE),
        "StateChange": select(StateChange.id).where(StateChange.workshop_id == WHOLE),
    },
    Space: OF_SPACE,
}
CHAT = "Room", "Message"
"""Seen by those who read names in the space."""


def parts_of(model: type) -> dict[str, Select[Any]]:
    """{type of record: ids of those that stand in the record `whole_id`}."""
    return PARTS.get(model, {})

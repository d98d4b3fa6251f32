"""Who is told: queries of members' ids, for `notify`. Only those are told who see the record as it happens, and never who did it.

Each is put together once for a class of space; the space is the parameter `space_id`, those left out are `but`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, or_, select

from cityexchange.chat.levels import ROOM
from cityexchange.core.db import among, rows
from cityexchange.core.prepared import prepared
from cityexchange.follows.levels import (
    EVERYTHING,
    FOLLOWING,
    is_muted,
    level_of_part,
    told_of_new,
    told_of_part,
)
from cityexchange.forums.levels import TOPIC, parameters_of
from cityexchange.members.calling import is_called
from cityexchange.members.models import Member
from cityexchange.notifications.models import Notification
from cityexchange.spaces.readers import reads, reads_names


@prepared
def followers(confidentiality: str, least: int = FOLLOWING) -> Select[Any]:
    """Those who follow the topic of `parameters_of`, or want at least as much as `least`."""
    return _readers_among(told_of_part(*TOPIC, least=least), reads(confidentiality))


@prepared
def those_waiting_for_topics(confidentiality: str) -> Select[Any]:
    """Those who follow what the topic of `parameters_of` has begun in."""
    return _readers_among(told_of_new(*TOPIC[1:]), reads(confidentiality))


@prepared
def listeners(confidentiality: str) -> Select[Any]:
    """Those who follow the room `room_id`: of what is said there while something waits for them unread, only who wants everything."""
    unread = select(Notification.id).where(
        Notification.member_id == Member.id,
        Notification.conversation == bindparam("room", type_=String),
        among(Notification.kind, ("message",)),
        Notification.read_at.is_(None),
    )
    wants_each = level_of_part(*ROOM, member_id=Member.id) == EVERYTHING
    following = _readers_among(told_of_part(*ROOM), reads_names(confidentiality))
    return following.where(or_(~unread.exists(), wants_each))


def _readers_among(told, seeing):
    are_others = Member.id.not_in(bindparam("but", expanding=True, type_=Integer))
    return select(Member.id).where(Member.id.in_(told), are_others, among(Member.state, ("active",)), seeing)


@prepared
def these() -> Select[Any]:
    """Whom somebody has found already: `ids`."""
    return select(Member.id).where(Member.id.in_(bindparam("ids", expanding=True, type_=Integer)))


def called_in_topic(handles: Iterable[str], topic: Any, but: int) -> list[int]:
    """Ids of those who are named there, and want to hear of the topic."""
    return _called(_called_in_topic, handles, topic.forum.space, but, **parameters_of(topic))


def called_in_room(handles: Iterable[str], room: Any, but: int) -> list[int]:
    return _called(_called_in_room, handles, room.space, but, room_id=room.id)


def told_in_topic(person: int, topic: Any, but: int) -> list[int]:
    """The id of one person, if they see the topic and want to hear of it."""
    return _one(_person_in_topic, person, topic.forum.space, but, **parameters_of(topic))


def told_in_room(person: int, room: Any, but: int) -> list[int]:
    return _one(_person_in_room, person, room.space, but, room_id=room.id)


def those_in_topic(confidentiality: str) -> Select[Any]:
    """Who sees the topic of `parameters_of` and wants to hear of it."""
    return _in_topic(confidentiality)


def those_in_room(confidentiality: str) -> Select[Any]:
    return _in_room(confidentiality)


def _called(query, handles, space, but, **place):
    handles = list(handles)
    return handles and _ids(query, space, but=but, handles=handles, **place)


def _one(query, person, space, but, **place):
    return [] if person in (None, but) else _ids(query, space, but=but, person_id=person, **place)


def _ids(query, space, **which):
    return list(rows(query(space.confidentiality), which | {"space_id": space.id}).scalars())


@prepared
def _called_in_topic(confidentiality):
    return _in_topic(confidentiality).where(_named())


@prepared
def _called_in_room(confidentiality):
    return _in_room(confidentiality).where(_named())


@prepared
def _person_in_topic(confidentiality):
    return _in_topic(confidentiality).where(_is_that_one())


@prepared
def _person_in_room(confidentiality):
    return _in_room(confidentiality).where(_is_that_one())


def _named():
    return is_called(Member, bindparam("handles", expanding=True, type_=String))


def _is_that_one():
    return (Member.id == bindparam("person_id", type_=Integer)) & among(Member.state, ("active",))


def _in_topic(confidentiality):
    return _others().where(~is_muted(*TOPIC, member_id=Member.id), reads(confidentiality))


def _in_room(confidentiality):
    return _others().where(~is_muted(*ROOM, member_id=Member.id), reads_names(confidentiality))


def _others():
    return select(Member.id).where(Member.id != bindparam("but", type_=Integer))

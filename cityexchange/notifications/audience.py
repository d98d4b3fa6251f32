"""Who is told: queries of members' ids, for `notify`. Only those are told who see the record as it happens, and never who did it.

Each is put together once for a class of space; the space is the parameter `space_id`, those left out are `but`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, select

from cityexchange.chat.models import Occupancy
from cityexchange.core.db import among, rows
from cityexchange.core.prepared import prepared
from cityexchange.forums.models import Follow
from cityexchange.members.calling import is_called
from cityexchange.members.models import Member
from cityexchange.spaces.readers import reads, reads_names


@prepared
def followers(confidentiality: str) -> Select[Any]:
    """Those who follow the topic `topic_id`."""
    follow = Follow.topic_id == bindparam("topic_id", type_=Integer), among(Follow.level, ("following",))
    are_others = Follow.member_id.not_in(bindparam("but", expanding=True))
    following = select(Follow.member_id).join(Member, Member.id == Follow.member_id)
    return following.where(*follow, are_others, among(Member.state, ("active",)), reads(confidentiality))


@prepared
def these() -> Select[Any]:
    """Whom somebody has found already: `ids`."""
    return select(Member.id).where(Member.id.in_(bindparam("ids", expanding=True, type_=Integer)))


def called_in_topic(handles: Iterable[str], topic: Any, but: int) -> list[int]:
    """Ids of those who are named there, and want to hear of the topic."""
    return _called(_called_in_topic, handles, topic.forum.space, but, topic_id=topic.id)


def called_in_room(handles: Iterable[str], room: Any, but: int) -> list[int]:
    return _called(_called_in_room, handles, room.space, but, room_id=room.id)


def told_in_topic(person: int, topic: Any, but: int) -> list[int]:
    """The id of one person, if they see the topic and want to hear of it."""
    return _one(_person_in_topic, person, topic.forum.space, but, topic_id=topic.id)


def told_in_room(person: int, room: Any, but: int) -> list[int]:
    return _one(_person_in_room, person, room.space, but, room_id=room.id)


def _called(query, handles, space, but, **place):
    handles = list(handles)
    return handles and _ids(query, space, but=but, handles=handles, **place)


def _one(query, person, space, but, **place):
    return [] if person in (None, but) else _ids(query, space, but=but, person_id=person, **place)


def _ids(query, space, **which):
    return list(rows(query(space.confidentiality), {"space_id": space.id, **which}).scalars())


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
    muted = select(Follow.member_id).where(
        Follow.topic_id == bindparam("topic_id", type_=Integer), among(Follow.level, ("muted",))
    )
    return _others().where(Member.id.not_in(muted), reads(confidentiality))


def _in_room(confidentiality):
    muted = select(Occupancy.member_id).where(
        Occupancy.room_id == bindparam("room_id", type_=Integer), Occupancy.is_muted
    )
    return _others().where(Member.id.not_in(muted), reads_names(confidentiality))


def _others():
    return select(Member.id).where(Member.id != bindparam("but", type_=Integer))

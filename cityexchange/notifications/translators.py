"""Who is asked for a translation: a few who know both languages, see the text and want to hear of its place, and were not asked much lately."""

from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, or_, select

from cityexchange.chat.models import Message
from cityexchange.core.db import UTCDateTime, among, at_most, db, rows, utcnow
from cityexchange.core.policy import is_visible
from cityexchange.core.prepared import prepared
from cityexchange.forums.levels import parameters_of
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.choices import base
from cityexchange.members.models import Member
from cityexchange.notifications.audience import those_in_room, those_in_topic
from cityexchange.notifications.models import Notification, NotificationChoice

ASKED, KIND = "languages/asked", "request"
"""The template whose subject are the words."""
FEW, LOOKED_AT = 3, 30
LATEST = 200
"""Of all who know both languages, so many who were here last are counted for."""
LATELY, MUCH = timedelta(days=7), 3


def translators_for(record: Any, language: str, asker_id: int) -> list[int]:
    """Their ids; who was asked least comes first, then who was here last."""
    asked, values = (base(record.language), base(language)), {"asker": asker_id, "lately": utcnow() - LATELY}
    topic = record.topic if isinstance(record, Post) else record
    if isinstance(topic, Topic):
        statement, here = _in_topic(*asked, topic.forum.space.confidentiality), parameters_of(topic)
    elif isinstance(record, Message):
        here = {"room_id": record.room_id, "space_id": record.room.space_id}
        statement = _in_room(*asked, record.room.space.confidentiality)
    else:
        return _who_see(record, list(rows(_anywhere(*asked), values).scalars()))
    return list(rows(statement, values | here | {"but": asker_id}).scalars())


def _who_see(record, ids):
    members = {one.id: one for one in db.session.scalars(select(Member).where(Member.id.in_(ids)))}
    return list(islice((id for id in ids if is_visible(members[id], record)), FEW))


@prepared
def _in_topic(source: str, language: str, confidentiality: str) -> Select[Any]:
    """Of a closed space many know both languages, and few are in it."""
    there = Member.id.in_(those_in_topic(confidentiality))
    return _candidates(source, language, there).limit(at_most(FEW))


@prepared
def _in_room(source: str, language: str, confidentiality: str) -> Select[Any]:
    there = Member.id.in_(those_in_room(confidentiality))
    return _candidates(source, language, there).limit(at_most(FEW))


@prepared
def _anywhere(source: str, language: str) -> Select[Any]:
    return _candidates(source, language).limit(at_most(LOOKED_AT))


def _candidates(source: str, language: str, *there: Any) -> Select[Any]:
    latest = _latest(source, language, *there).subquery()
    asked = select(func.count()).where(
        Notification.member_id == latest.c.id,
        Notification.template == ASKED,
        Notification.created_at > bindparam("lately", type_=UTCDateTime),
    )
    times = asked.correlate(latest).scalar_subquery()
    found = select(latest.c.id).where(times < MUCH)
    return found.order_by(times, latest.c.seen_at.desc().nulls_last(), latest.c.id)


def _latest(source, language, *there):
    others = among(Member.state, ("active",)), Member.id != bindparam("asker", type_=Integer)
    known = _knows(source), _writes(language)
    found = select(Member.id, Member.seen_at).where(*others, *known, ~_hears_nothing(), *there)
    return found.order_by(Member.seen_at.desc().nulls_last(), Member.id).limit(at_most(LATEST))


def _hears_nothing():
    """Neither here nor by mail: in place of somebody who would hear of it."""
    chosen = NotificationChoice.member_id == Member.id, NotificationChoice.kind == KIND
    nothing = ~NotificationChoice.is_here, NotificationChoice.mailing == "never"
    return select(NotificationChoice.member_id).where(*chosen, *nothing).correlate(Member).exists()


def _knows(language):
    return or_(Member.locale == language, _level(language).is_not(None))


def _writes(language):
    """Who says no more than that they read it is not asked to write it."""
    level = _level(language)
    return or_(Member.locale == language, and_(level.is_not(None), level != "reads"))


def _level(language):
    return Member.languages[language].as_string()

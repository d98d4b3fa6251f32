"""Who is asked for a translation: a few who know both languages, see the text and want to hear of its place, and were not asked much lately."""

from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select

from cityexchange.chat.models import Message
from cityexchange.core.db import UTCDateTime, among, at_most, db, rows, utcnow
from cityexchange.core.policy import is_visible
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.choices import base
from cityexchange.members.models import Member
from cityexchange.notifications.audience import told_in_room, told_in_topic
from cityexchange.notifications.models import Notification

ASKED = "languages/asked"
"""The template whose subject are the words."""
FEW, LOOKED_AT = 3, 30
LATEST = 200
"""Of all who know both languages, so many who were here last are counted for."""
LATELY, MUCH = timedelta(days=7), 3


def translators_for(record: Any, language: str, asker_id: int) -> list[int]:
    """Their ids; who was asked least comes first, then who was here last."""
    bind_values = {"asker": asker_id, "lately": utcnow() - LATELY}
    ids = rows(_candidates(base(record.language), base(language)), bind_values).scalars().all()
    return list(islice((id for id in ids if _hears_of(id, record, asker_id)), FEW))


def _hears_of(id, record, asker_id):
    topic = record.topic if isinstance(record, Post) else record
    if isinstance(topic, Topic):
        return bool(told_in_topic(id, topic, but=asker_id))
    if isinstance(record, Message):
        return bool(told_in_room(id, record.room, but=asker_id))
    return is_visible(db.session.get(Member, id), record)


def _candidates(source: str, language: str) -> Select[Any]:
    latest = _latest(source, language).subquery()
    asked = select(func.count()).where(
        Notification.member_id == latest.c.id,
        Notification.template == ASKED,
        Notification.created_at > bindparam("lately", type_=UTCDateTime),
    )
    times = asked.correlate(latest).scalar_subquery()
    found = select(latest.c.id).where(times < MUCH)
    return found.order_by(times, latest.c.seen_at.desc().nulls_last(), latest.c.id).limit(at_most(LOOKED_AT))


def _latest(source, language):
    others = among(Member.state, ("active",)), Member.id != bindparam("asker")
    found = select(Member.id, Member.seen_at).where(*others, _knows(source), _writes(language))
    return found.order_by(Member.seen_at.desc().nulls_last(), Member.id).limit(at_most(LATEST))


def _knows(language):
    return or_(Member.locale == language, _level(language).is_not(None))


def _writes(language):
    """Who says no more than that they read it is not asked to write it."""
    level = _level(language)
    return or_(Member.locale == language, and_(level.is_not(None), level != "reads"))


def _level(language):
    return Member.languages[language].as_string()

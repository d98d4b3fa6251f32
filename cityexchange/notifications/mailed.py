"""What a mail of notifications tells, found when it goes out: what is still there, seen, wanted, and not read meanwhile."""

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select

from cityexchange.chat.levels import places_of
from cityexchange.chat.models import Message, Room
from cityexchange.chat.payloads import signed
from cityexchange.core.called import Called
from cityexchange.core.db import db, rows
from cityexchange.core.mail.letters import one_line
from cityexchange.core.mail.models import name_of
from cityexchange.core.policy import can, policies, visible_to
from cityexchange.follows.levels import MUTED, level_of_part
from cityexchange.forums.levels import level_of_topic
from cityexchange.forums.models import Post, Topic
from cityexchange.notifications.choices import choices_of
from cityexchange.notifications.models import Notification

OWN = {"translation"}
"""Kinds of what was done for the member, wherever it stands."""
MOST = 10
"""Lines of one conversation."""
_looked_up: WeakKeyDictionary[Any, list["Conversation"]] = WeakKeyDictionary()
"""By mail: whoever makes a letter of it asks first whether it is wanted, and its parts tell what was found then."""


class Line(NamedTuple):
    kind: str
    template: str | None
    facts: dict[str, Any]
    record: Any
    name: str | None = None
    city: Called | None = None
    """Its name only with the words, in the language of the mail."""


class Conversation(NamedTuple):
    """Its first lines, and how many more there are. Where words may not be mailed, `is_closed`."""

    lines: list[Line]
    more: int
    topic: Topic | None = None
    room: Room | None = None

    @property
    def count(self) -> int:
        return len(self.lines) + self.more

    @property
    def is_closed(self) -> bool:
        space = self.topic.forum.space if self.topic else self.room.space if self.room else None
        return space is not None and not space.has_mail_content

    @property
    def kinds(self) -> set[str]:
        return {line.kind for line in self.lines}

    @property
    def is_calling(self) -> bool:
        return "mention" in self.kinds

    def with_at_most(self, most: int) -> "Conversation":
        return self._replace(lines=self.lines[:most], more=self.count - min(most, len(self.lines)))


def look_up(mail: Any) -> list[Conversation]:
    """The conversations of a mail, in the order in which they began; none where nothing is left to tell."""
    waiting = _rows(mail)
    records = _records(mail.member, waiting)
    muted = _muted_by(mail.member, records.values())
    groups: dict[str, list[Any]] = {}
    for row in waiting:
        record = records.get((row.record_type, row.record_id))
        if record and (row.kind in OWN or not muted & {name_of(one) for one in _place(record) if one}):
            groups.setdefault(row.conversation or row.occasion, []).append((row, record))
    _looked_up[mail] = [_conversation(mail.member, group) for group in groups.values()]
    return _looked_up[mail]


def told(mail: Any, most: int = MOST) -> list[Conversation]:
    """The same for each part of its letter, without looking again."""
    found = _looked_up[mail] if mail in _looked_up else look_up(mail)
    return [one.with_at_most(most) for one in found]


def _rows(mail):
    theirs = Notification.id.in_(mail.facts["notifications"]), Notification.member_id == mail.member_id
    unread = select(Notification).where(*theirs, Notification.read_at.is_(None))
    choices = choices_of(mail.member)
    rows = db.session.scalars(unread.order_by(Notification.id)).all()
    return [row for row in rows if choices[row.kind].mailing != "never"]


def _records(member, rows):
    """{(type, id): record} of those that the member sees; one whose words are gone is nothing to tell."""
    found = {}
    for model in policies():
        if ids := {row.record_id for row in rows if row.record_type == model.__name__}:
            seen = visible_to(member, model).where(model.id.in_(ids))
            found |= {(model.__name__, one.id): one for one in db.session.scalars(seen) if _stands(one)}
    return found


def _muted_by(member, records):
    """Names of the topics and rooms among them of which the member wants to hear nothing now."""
    places = {one for record in records for one in _place(record) if one}
    asked = (Topic, level_of_topic(Topic)), (Room, level_of_part(*places_of(Room)))
    found = set()
    for model, level in asked:
        if ids := [one.id for one in places if isinstance(one, model)]:
            muted = select(model.id).where(model.id.in_(ids), level == MUTED)
            found |= {f"{model.__name__}:{id}" for id in rows(muted, {"reader_id": member.id}).scalars()}
    return found


def _stands(record):
    return getattr(record, "removed_at", None) is None


def _conversation(member, group):
    topic, room = _place(group[0][1])
    lines = [_line(member, row, record, topic) for row, record in group[:MOST]]
    return Conversation(lines, len(group) - len(lines), topic, room)


def _place(record):
    """Also of what another feature has its own words for: what may not be mailed of a place is not mailed in any words."""
    if isinstance(record, Topic):
        return record, None
    topic = record.topic if isinstance(record, Post) else None
    return topic, record.room if isinstance(record, Message) else None


def _line(member, row, record, topic):
    name, city = _signed(member, record, topic)
    return Line(row.kind, row.template, row.facts, record, one_line(name) if name else None, city)


def _signed(member, record, topic):
    if isinstance(record, Message):
        said = signed(record)
        return said.get("author_name"), said.get("city_name")
    if not isinstance(record, Post) or not can(member, "name_people", topic):
        return None, None
    return record.signed_name, record.signed_city and record.signed_city.called

"""Many at once: whoever writes must not wait until hundreds are told.

A row for each member touches pages all over the database. So the first few are told as it happens; that there are more is a row of its
own, in the same transaction, from which the worker goes on. Whom it tells is asked anew then: who has lost the right meanwhile hears nothing.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.chat.models import Occupancy
from cityexchange.core.db import at_most, db, unit_of_work, utcnow
from cityexchange.core.jobs import stopping, wake
from cityexchange.core.mail.models import name_of
from cityexchange.core.outages import outage_of
from cityexchange.core.policy import policies
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.follows.levels import EVERYTHING
from cityexchange.forums.models import ReadPosition
from cityexchange.notifications.audience import followers, listeners, those_waiting_for_topics
from cityexchange.notifications.models import Notification, notify
from cityexchange.spaces.models import Space

log = logging.getLogger(__name__)
AT_ONCE = 4
"""Told by who writes: most topics are followed by so few, and need no worker for it."""
AT_A_TIME = 200
"""Told in one transaction of the worker, so that others can write in between."""
AUDIENCES = {
    "followers": followers,
    "listeners": listeners,
    "waiting for topics": those_waiting_for_topics,
    "wanting everything": lambda confidentiality: followers(confidentiality, EVERYTHING),
}
"""f(class of a space) -> a query of members' ids, by the name under which a row remembers it."""


READ_IN = {"Topic": (ReadPosition, "topic_id", "position"), "Room": (Occupancy, "room_id", "last_read")}
"""By the kind of conversation: where it stands how far somebody has read."""
READ_ON = ("reply", "topic", "message")
"""What is news no more to whoever has read so far. An answer may have been marked after that."""


class Crowd(db.Model):
    """Those of an audience who are still to be told. `which` are the parameters of its query."""

    __tablename__ = "notification_crowds"

    id: Mapped[int] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(String(32))
    which: Mapped[dict[str, Any]] = mapped_column(JSON)
    occasion: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(32))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    conversation: Mapped[str | None] = mapped_column(String(120))
    position: Mapped[int | None]
    at: Mapped[datetime]

    @classmethod
    def of(cls, occasion: str, kind: str, record: Any, *where: Any, at: datetime, **which: Any) -> "Crowd":
        """`where`: the audience, the conversation and the position; `which`: the parameters of the audience, `space_id` among them."""
        audience, conversation, position = where
        return cls(
            audience=audience,
            which=which,
            occasion=occasion,
            kind=kind,
            record_type=type(record).__name__,
            record_id=record.id,
            conversation=name_of(conversation),
            position=position,
            at=at,
        )

    def begin(self) -> None:
        if self.tell(AT_ONCE):
            db.session.add(self)
            db.session.flush()
            wake("notifications_of_crowds")

    def tell(self, most: int) -> bool:
        """So many of those who were not told yet. Whether there may be more."""
        record, space = self._record(), db.session.get(Space, self.which["space_id"])
        if record is None or space is None or self.audience not in AUDIENCES:
            return False
        members = AUDIENCES[self.audience](space.confidentiality)
        where = self.conversation, self.position
        told = notify(self.occasion, members, self.kind, record, *where, at=self.at, most=most, **self.which)
        return len(told) == most

    def mark_what_was_read(self) -> None:
        """Some of those whom the worker told have read it in between."""
        kind, _, id = (self.conversation or "").partition(":")
        if kind in READ_IN and self.kind in READ_ON:
            told = {"told": self.occasion, "of_type": self.record_type, "of_id": self.record_id}
            execute(_marking(*READ_IN[kind]), told | {"place": int(id), "now": utcnow()})

    def _record(self):
        model: Any = next((one for one in policies() if one.__name__ == self.record_type), None)
        return model and db.session.get(model, self.record_id)


def tell_crowds() -> None:
    """One that cannot be told, as after a change of its query, keeps no other waiting; tidying.py forgets it."""
    failed: list[int] = []
    while not stopping.is_set() and _tell_next(failed):
        pass


def _tell_next(failed: list[int]) -> bool:
    tried: list[int] = []
    try:
        return _tell_some(failed, tried)
    except Exception as error:
        if not tried or outage_of(error):
            raise
        log.exception("crowd %s cannot be told", *tried)
        failed += tried
    return True


def _tell_some(failed, tried):
    """Of one crowd, which no other worker tells meanwhile: that one would find nobody, and take it for done."""
    with unit_of_work():
        first = select(Crowd).where(Crowd.id.not_in(failed)).order_by(Crowd.id).limit(at_most(1))
        if (crowd := db.session.scalar(first.with_for_update(skip_locked=True))) is None:
            return False
        tried.append(crowd.id)
        if not crowd.tell(AT_A_TIME):
            crowd.mark_what_was_read()
            db.session.delete(crowd)
        return True


@prepared
def _marking(model, key, position):
    """By how far they have read in its conversation."""
    read = model.member_id == Notification.member_id, getattr(model, key) == bindparam("place", type_=Integer)
    is_read = select(model.member_id).where(*read, getattr(model, position) >= Notification.position).exists()
    told = (
        Notification.record_type == bindparam("of_type", type_=String),
        Notification.record_id == bindparam("of_id", type_=Integer),
        Notification.occasion == bindparam("told", type_=String),
        Notification.read_at.is_(None),
    )
    return (
        update(Notification)
        .where(*told, is_read)
        .values(read_at=bindparam("now", type_=Notification.read_at.type))
    )

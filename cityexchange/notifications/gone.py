"""What one is told no more: it goes in the transaction by which it came to that."""

from typing import Any

from sqlalchemy import Integer, String, and_, bindparam, delete, event, inspect
from sqlalchemy.orm import Session

from cityexchange.core.db import db, rows
from cityexchange.core.policy import policies
from cityexchange.core.prepared import prepared
from cityexchange.core.transactions import note_change
from cityexchange.notifications.crowds import Crowd
from cityexchange.notifications.models import Notification
from cityexchange.notifications.places import parts_of
from cityexchange.notifications.signals import unread_lessened

KIND = Notification.kind == bindparam("gone_kind", type_=String)
TEMPLATE = Notification.template == bindparam("gone_template", type_=String)
MEMBER = Notification.member_id == bindparam("gone_from", type_=Integer)
RECORD_TYPE = Notification.record_type == bindparam("gone_type", type_=String)
RECORD = RECORD_TYPE, Notification.record_id == bindparam("gone_id", type_=Integer)


def take_back(kind: str, record: Any) -> None:
    """It is not so any more, and nobody is told that it was."""
    forget_crowds(Crowd.kind == kind, _crowd_of(record))
    forget_rows(_of_kind(), gone_kind=kind, **_named(record))


def take_back_words(template: str, record: Any) -> None:
    """As `take_back`, of what is told in the words of this mail."""
    forget_rows(_of_template(), gone_template=template, **_named(record))


def take_back_occasion(occasion: str, template: str, record: Any) -> None:
    """As `take_back_words`, of one of several things that are asked about the record."""
    forget_rows(_of_occasion(), gone_occasion=occasion, gone_template=template, **_named(record))


def replace(template: str, record: Any, member_id: int) -> None:
    """Before the member is told of it again: a reminder stands in place of what it reminds of."""
    forget_rows(_of_template_to_one(), gone_template=template, gone_from=member_id, **_named(record))


def forget(record: Any) -> None:
    """All that was told of it, and of its parts."""
    forget_crowds(_crowd_of(record))
    forget_rows(_of_record(), **_named(record))
    for name in parts_of(type(record)):
        forget_rows(_of_parts(type(record), name), gone_type=name, whole_id=_named(record)["gone_id"])


def forget_rows(deletion: Any, **bind_values: Any) -> None:
    """`deletion` says whose rows went. Nothing is flushed first: a flush may be what asks for it."""
    note_change(db.session)
    if members := set(rows(deletion, bind_values).scalars()):
        unread_lessened.send(member_ids=sorted(members))


def forget_crowds(*which: Any) -> None:
    """Those of a crowd who were not told yet are not told any more."""
    rows(delete(Crowd).where(*which), {})


def _crowd_of(record):
    return and_(Crowd.record_type == type(record).__name__, Crowd.record_id == inspect(record).identity[0])


def gone(*which: Any) -> Any:
    return delete(Notification).where(*which).returning(Notification.member_id)


def _named(record):
    return {"gone_type": type(record).__name__, "gone_id": inspect(record).identity[0]}


@prepared
def _of_kind():
    return gone(*RECORD, KIND)


@prepared
def _of_template():
    return gone(*RECORD, TEMPLATE)


@prepared
def _of_occasion():
    return gone(*RECORD, TEMPLATE, Notification.occasion == bindparam("gone_occasion", type_=String))


@prepared
def _of_template_to_one():
    return gone(*RECORD, TEMPLATE, MEMBER)


@prepared
def _of_record():
    return gone(*RECORD)


@prepared
def _of_parts(model, name):
    return gone(RECORD_TYPE, Notification.record_id.in_(parts_of(model)[name]))


@event.listens_for(Session, "before_flush")
def forget_what_is_deleted(session: Session, *_rest: Any) -> None:
    """While its parts can still be found. What the database itself deletes below them goes with the next sweep (tidying.py)."""
    for record in session.deleted:
        if type(record) in policies() and not isinstance(record, Notification):
            forget(record)

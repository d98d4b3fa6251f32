"""What the people of the illustrative community are told: it was written down while the community was put together, and happened before."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from cityexchange.chat.models import Message
from cityexchange.core.db import db, utcnow
from cityexchange.forums.models import Post, Topic
from cityexchange.notifications.models import Notification

KEPT = (
    "member_id",
    "occasion",
    "kind",
    "record_type",
    "record_id",
    "conversation",
    "position",
    "template",
    "facts",
    "is_here",
    "mailing",
)
READ_AFTER = timedelta(days=8)
"""What is older they have read."""
SOME_HOURS = {"translation": timedelta(hours=6)}
"""How long after the words themselves they hear of what others did with them."""


def put_in_time() -> None:
    """In the order in which it happened, and mailed to nobody."""
    db.session.flush()
    moments = moments_of(Post, "posted_at") | moments_of(Message, "posted_at")
    moments |= moments_of(Topic, "created_at")
    told = [(moment_of(one, moments), one) for one in db.session.scalars(select(Notification))]
    told.sort(key=lambda pair: (pair[0], pair[1].id))
    rows = [{name: getattr(one, name) for name in KEPT} | times_of(moment) for moment, one in told]
    db.session.execute(delete(Notification))
    if rows:
        db.session.execute(insert(Notification), rows)


def moment_of(one, moments):
    said_at = moments.get((one.record_type, one.record_id), one.created_at)
    return min(said_at + SOME_HOURS.get(one.kind, timedelta()), one.created_at)


def moments_of(model, column):
    found = db.session.execute(select(model.id, getattr(model, column)))
    return {(model.__name__, id): moment for id, moment in found}


def times_of(moment):
    read_at = moment if moment < utcnow() - READ_AFTER else None
    return {"created_at": moment, "mailed_at": moment, "read_at": read_at}

"""What the people of the illustrative community are told: it was written down while the community was put together, and happened before."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from cityexchange.chat.models import Message
from cityexchange.core.db import db, utcnow
from cityexchange.forums.models import Post
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


def put_in_time() -> None:
    """In the order in which it happened, and mailed to nobody."""
    db.session.flush()
    moments = moments_of(Post) | moments_of(Message)
    told = [
        (moments.get((one.record_type, one.record_id), one.created_at), one)
        for one in db.session.scalars(select(Notification))
    ]
    told.sort(key=lambda pair: (pair[0], pair[1].id))
    rows = [{name: getattr(one, name) for name in KEPT} | times_of(moment) for moment, one in told]
    db.session.execute(delete(Notification))
    if rows:
        db.session.execute(insert(Notification), rows)


def moments_of(model):
    found = db.session.execute(select(model.id, model.posted_at))
    return {(model.__name__, id): moment for id, moment in found}


def times_of(moment):
    read_at = moment if moment < utcnow() - READ_AFTER else None
    return {"created_at": moment, "mailed_at": moment, "read_at": read_at}

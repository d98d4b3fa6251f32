"""What the rows say, for tests."""

from cityexchange.core.db import db
from cityexchange.notifications.models import Notification


def told(member, **which):
    """What the member was told, the oldest first: (kind, record)."""
    lines = db.select(Notification).filter_by(member_id=member.id, **which).order_by(Notification.id)
    return [(line.kind, f"{line.record_type}:{line.record_id}") for line in db.session.scalars(lines)]


def all_told():
    return db.session.scalars(db.select(Notification).order_by(Notification.id)).all()


def suspend(member):
    member.state = "locked"
    db.session.flush()


def end_place(member):
    member.seat.end()
    db.session.expire(member)

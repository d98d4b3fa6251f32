"""What is kept, by the verb that a press is."""

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db


def kept_by(member):
    """[(kind, number)] of all rows, seen or not, the first one first."""
    rows = db.select(Bookmark).filter_by(member_id=member.id).order_by(Bookmark.id)
    return [(one.record_type, one.record_id) for one in db.session.scalars(rows)]


def keep(member, record, note=""):
    Bookmark.keep(member, record)
    of_it = {"member_id": member.id, "record_type": type(record).__name__, "record_id": record.id}
    bookmark = db.session.scalar(db.select(Bookmark).filter_by(**of_it))
    bookmark.edit(note)
    db.session.flush()
    return bookmark


def close_topic(member, topic, note=""):
    """The member was in its space."""
    space = topic.forum.space
    space.confidentiality = "group"
    space.admit(member)
    keep(member, topic, note)
    space.leave(member)


def close_workshop(member, workshop, note=""):
    keep(member, workshop, note)
    workshop.state = "draft"
    db.session.flush()


def close_visit(member, visit, note=""):
    keep(member, visit, note)
    visit.call_opened_at = None
    db.session.flush()


CLOSED = {"Topic": close_topic, "Workshop": close_workshop, "StudyVisit": close_visit}
"""f(member, record, note): kept by a member, to whom it was open once."""

"""What somebody chose, and where they find it."""

from cityexchange.core.db import db
from cityexchange.follows.models import Follow


def chosen_by(member):
    """{(kind, number): level} of all rows, seen or not."""
    rows = db.select(Follow).filter_by(member_id=member.id)
    return {(one.record_type, one.record_id): one.level for one in db.session.scalars(rows)}


def page_of(kind, record):
    """The address of the record's own page."""
    return {
        "Topic": lambda: f"/topics/{record.id}",
        "Forum": lambda: f"/forums/{record.slug}",
        "Theme": lambda: f"/themes/{record.key}",
        "Space": lambda: f"/spaces/{record.slug}",
        "Room": lambda: f"/chat/rooms/{record.id}",
    }[kind]()

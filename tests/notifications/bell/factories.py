"""What somebody is told, without what usually leads to it."""

from itertools import count

from sqlalchemy import bindparam, select

from cityexchange.core.db import clock_at, db
from cityexchange.members.models import Member
from cityexchange.notifications.models import Notification, notify

WHOM = select(Member.id).where(Member.id.in_(bindparam("whom", expanding=True)))
numbers = count()


def tell(members, record, kind="reply", conversation=None, at=None, **values):
    """One happening, written down for one or several members."""
    whom = [one.id for one in (members if isinstance(members, list) else [members])]
    db.session.flush()
    told = (f"test:{next(numbers)}", WHOM, kind, record, conversation)
    if at is None:
        notify(*told, whom=whom, **values)
    else:
        with clock_at(at):
            notify(*told, whom=whom, **values)


def tell_of_posts(members, topic, posts, kind="reply", **values):
    for post in posts:
        tell(members, post, kind, topic, position=post.position, **values)


def unread(member):
    """Ids of the member's, the oldest first."""
    mine = select(Notification.id).filter_by(member_id=member.id, read_at=None)
    return list(db.session.scalars(mine.order_by(Notification.id)))

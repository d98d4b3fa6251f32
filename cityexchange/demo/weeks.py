"""The week in which the illustrative community begins has its letters behind it: nobody invented is mailed before they were looked for."""

from cityexchange.core.db import db, utcnow
from cityexchange.digest.choosing import week_of
from cityexchange.digest.models import Digest
from cityexchange.members.models import Member


def begin_the_week():
    now = utcnow()
    for member in db.session.scalars(db.select(Member)).all():
        db.session.add(Digest(member_id=member.id, week=week_of(member, now)))

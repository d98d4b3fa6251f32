"""What reaches members of what was said: the rows, and the mails that the worker makes of them."""

from datetime import timedelta

from cityexchange.core.db import clock_at, db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.core.mail.letters import compose
from cityexchange.notifications.crowds import tell_crowds
from cityexchange.notifications.mails import mail_conversations, mail_days
from cityexchange.notifications.models import Notification

WEDNESDAY = 2


def mail_keys():
    """What waits to be mailed once all of a crowd are told: "reply:<post>:<member>", in their order."""
    db.session.commit()
    tell_crowds()
    rows = db.session.scalars(db.select(Notification).filter_by(mailed_at=None))
    return sorted(f"{row.kind}:{row.record_id}:{row.member_id}" for row in rows)


def forget_mails():
    """As when all was mailed long ago."""
    db.session.execute(Notification.__table__.delete())


def mails():
    """All mails there are once the worker has gone its rounds, on an afternoon when nobody's hours are quiet."""
    db.session.commit()
    with clock_at(a_working_afternoon()):
        mail_conversations()
        mail_days()
    return db.session.scalars(db.select(OutgoingMail).order_by(OutgoingMail.id)).all()


def a_working_afternoon():
    day = utcnow().replace(hour=14, minute=0)
    return day + timedelta(days=(WEDNESDAY - day.weekday() - 1) % 7 + 1)


def letters(member=None):
    return [compose(mail) for mail in mails() if member is None or mail.member_id == member.id]

"""People who have not been here for long."""

from datetime import timedelta

from cityexchange.archive.retention import MONTH
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail, queue_mail
from tests.factories import MemberFactory


def absent(months, days=1, **values):
    member = MemberFactory(**values)
    member.seen_at = utcnow() - months * MONTH - timedelta(days=days)
    db.session.flush()
    return member


def reminded(member, days, state="sent"):
    """That many days ago the reminder came to this state."""
    mail = queue_mail(f"reminder:{member.id}:{days}", member, "archive/unused")
    mail.state, mail.created_at, mail.finished_at = state, *2 * (utcnow() - timedelta(days=days),)
    db.session.flush()
    return member


def warned(months, days=1, **values):
    return reminded(absent(months, days, **values), days=180)


def mails(template="archive/unused"):
    of_kind = db.select(OutgoingMail).filter_by(template=template)
    return list(db.session.scalars(of_kind.order_by(OutgoingMail.id)))

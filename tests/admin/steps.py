"""What tests of the audit look up, and what they fill in."""

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from cityexchange.core.mail import OutgoingMail

PASSWORD = "a long enough one"  # noqa: S105
NEW_PASSWORD = "another long one"  # noqa: S105
SPACE = {
    "name": "Ports",
    "description": "",
    "language": "en",
    "confidentiality": "members",
    "joining": "request",
}
HOUSE = {
    "name": "House",
    "kind": "partner",
    "about": "x",
    "most_seats": "2",
    "timezone": "UTC",
    "website": "",
}


def newest(model):
    return db.session.scalars(db.select(model).order_by(model.id.desc())).first()


def entries_since(number):
    done = db.select(AuditEntry).filter_by(outcome="done").where(AuditEntry.id > number)
    return db.session.scalars(done.order_by(AuditEntry.id)).all()


def last_number():
    return db.session.scalar(db.select(db.func.max(AuditEntry.id))) or 0


def mailed_code():
    return next(
        mail.facts["code"]
        for mail in reversed(db.session.scalars(db.select(OutgoingMail)).all())
        if mail.facts.get("code")
    )

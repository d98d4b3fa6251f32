"""Rows made as the receivers make them, a few minutes of one noon, and what arrived."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from cityexchange.core.db import clock_at, db
from cityexchange.core.mail import OutgoingMail
from cityexchange.notifications.models import notify

NOON = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
"""A Tuesday, twelve o'clock in Paris."""
MINUTE = timedelta(minutes=1)


@contextmanager
def minutes_later(number):
    with clock_at(NOON + number * MINUTE):
        yield


def tell(member, kind, record, conversation=None, **facts):
    """As the receivers do, which have a query at hand."""
    ids = select(type(member).id).where(type(member).id == member.id)
    notify(f"{kind}:{type(record).__name__}:{record.id}", ids, kind, record, conversation, **facts)


def reply(topic, author, text, kind="reply", at=0):
    with minutes_later(at):
        post = topic.post(author, text)
        forget_own_mails()
        tell(topic.author, kind, post, topic, position=post.position)
    return post


def forget_own_mails():
    """Forums still mail by themselves here: what is asked is what notifications send."""
    db.session.query(OutgoingMail).delete()


def words(mail):
    return [mail.get_body((part,)).get_content() for part in ("plain", "html")]

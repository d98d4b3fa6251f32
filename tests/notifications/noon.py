"""Rows made as the receivers make them, a few minutes of one noon, and what arrived."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from cityexchange.core.db import clock_at
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


def reply(topic, author, text, at=0):
    with minutes_later(at):
        return topic.post(author, text)


def words(mail):
    return [mail.get_body((part,)).get_content() for part in ("plain", "html")]

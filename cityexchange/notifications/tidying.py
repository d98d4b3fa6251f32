"""What nobody looks for any more: rows that have become old, and rows of records that went with others."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.core.policy import policies
from cityexchange.notifications.crowds import Crowd
from cityexchange.notifications.gone import forget_crowds, forget_rows, gone
from cityexchange.notifications.models import Notification

KEPT, CROWDS_KEPT = timedelta(days=180), timedelta(days=7)


def tidy() -> None:
    forget_rows(gone(Notification.created_at < utcnow() - KEPT))
    forget_crowds(Crowd.at < utcnow() - CROWDS_KEPT)
    models = {model.__name__: model for model in policies()}
    for name in db.session.scalars(select(Notification.record_type).distinct()).all():
        forget_rows(gone(Notification.record_type == name, *_is_gone(models.get(name))))


def _is_gone(model: Any):
    """Of a kind of record that is no more, all are."""
    if model is not None:
        yield ~select(model.id).where(model.id == Notification.record_id).exists()

"""Asks of which nothing can come any more: the words are gone, can be read meanwhile, or were waited for too long."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from cityexchange.core import jobs
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.statements import execute
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.originals import is_readable, translatable

KEPT_FOR = timedelta(days=180)
TEXT = TranslationAsk.record_type, TranslationAsk.record_id, TranslationAsk.language


def forget_settled_asks() -> None:
    """Sweep: a text at a time, so that others can write in between."""
    with unit_of_work():
        execute(delete(TranslationAsk).where(TranslationAsk.asked_at < utcnow() - KEPT_FOR), {})
    with unit_of_work(writing=False):
        texts = db.session.execute(select(*TEXT).distinct()).all()
    for text in texts:
        if jobs.stopping.is_set():
            return
        with unit_of_work(writing=False):
            is_settled = _is_settled(*text)
        if is_settled:
            _forget(text)


def _is_settled(record_type, record_id, language):
    """Also where its language turned out to be another, a post below it was removed, or it came in the moment in which somebody asked."""
    model: Any = translatable().get(record_type)
    record = db.session.get(model, record_id) if model else None
    return record is None or getattr(record, "is_removed", False) or is_readable(record, language)


def _forget(text):
    with unit_of_work():
        of_it = (column == value for column, value in zip(TEXT, text, strict=True))
        execute(delete(TranslationAsk).where(*of_it), {})

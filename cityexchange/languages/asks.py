"""Who waits for a translation of which text. Nobody is told who asked: only that somebody does, and how many."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, func, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, utcnow
from cityexchange.core.reader import OneReader
from cityexchange.core.statements import execute, insert_once
from cityexchange.languages.choices import base
from cityexchange.languages.models import Translation
from cityexchange.languages.originals import is_readable, wholes_of
from cityexchange.languages.signals import (
    text_translated,
    translation_arrived,
    translation_asked,
    words_removed,
)


class TranslationAsk(db.Model):
    """Of a record, into a language, by a member: once, until it has arrived."""

    __tablename__ = "translation_asks"
    __table_args__ = (
        UniqueConstraint("member_id", "record_type", "record_id", "language"),
        Index(None, "record_type", "record_id", "language"),
        Index(None, "language", "source", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(12))
    """The language of the original when it was asked for."""
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)

    @classmethod
    def of(cls, member: OneReader, record: Any, language: str) -> "TranslationAsk":
        """A new one, that is not yet added."""
        named = {"record_type": type(record).__name__, "record_id": record.id}
        return cls(member_id=member.id, language=language, source=base(record.language), **named)

    def ask(self, record: Any) -> None:
        """A second press changes nothing; who asks after another one waits with them, and nobody is told again."""
        is_first = not db.session.scalar(select(func.count()).where(*self._alike()))
        is_new = insert_once(self, "member_id", "record_type", "record_id", "language")
        if is_new and is_first:
            translation_asked.send(record=record, language=self.language, asker_id=self.member_id)

    def _alike(self):
        cls = type(self)
        of_it = cls.record_type == self.record_type, cls.record_id == self.record_id
        return *of_it, cls.language == self.language


@text_translated.connect
def tell_that_it_arrived(record: Any, translation: Translation) -> None:
    for whole in wholes_of(record):
        of_it = {"record_type": type(whole).__name__, "record_id": whole.id, "language": translation.language}
        waiting = db.session.scalars(select(TranslationAsk.member_id).filter_by(**of_it)).all()
        if waiting and is_readable(whole, translation.language):
            execute(delete(TranslationAsk).filter_by(**of_it), {})
            translation_arrived.send(record=whole, translation=translation, member_ids=[*waiting])


@words_removed.connect
def forget_asks(record: Any) -> None:
    """Nobody waits any more for what is not there; what the database itself deletes goes with a sweep (tidying.py)."""
    of_it = {"record_type": type(record).__name__, "record_id": inspect(record).identity[0]}
    db.session.execute(delete(TranslationAsk).filter_by(**of_it))

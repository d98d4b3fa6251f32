"""Thanks to who translated: one press, once, counted on the translation."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db
from cityexchange.core.reader import OneReader
from cityexchange.core.statements import execute, insert_once
from cityexchange.languages.models import Translation
from cityexchange.languages.signals import text_translated


class TranslationThanks(db.Model):
    """Nobody is told whose they are."""

    __tablename__ = "translation_thanks"
    __table_args__ = (UniqueConstraint("translation_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    translation_id: Mapped[int] = mapped_column(ForeignKey("translations.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)


def thank(member: OneReader, translation: Translation) -> bool:
    """Whether it is new: a second press changes nothing."""
    said = TranslationThanks(translation_id=translation.id, member_id=member.id)
    if not insert_once(said, "translation_id", "member_id"):
        return False
    more = update(Translation).where(Translation.id == translation.id)
    execute(more.values(thanks=Translation.thanks + 1), {}, of=translation)
    db.session.refresh(translation)
    return True


@text_translated.connect
def forget_older_thanks(record: Any, translation: Translation) -> None:
    """Those were for the words of somebody else."""
    if not translation.thanks:
        execute(delete(TranslationThanks).where(TranslationThanks.translation_id == translation.id), {})

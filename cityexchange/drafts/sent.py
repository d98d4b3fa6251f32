"""What was sent of what was kept, and where it stands now: for the other device that still has it in a form, and for a copy of it that a
bad line brings when it has long been sent."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import at_most, db, utcnow
from cityexchange.core.statements import execute
from cityexchange.drafts.keeping import keep_words, known_at
from cityexchange.drafts.models import LONGEST_PLACE, LONGEST_WRITER, Draft, Words

KEPT_FOR = timedelta(days=30)
LONGEST_NONCE = 64


class Copy(NamedTuple):
    """What a form says of itself: the mark that it began with, the browser's name for it, and its nonce; each may be empty."""

    mark: str
    writer: str = ""
    nonce: str = ""

    @property
    def number(self) -> int | None:
        """Of the draft that the mark names; 0 where the server has words of it and no answer has come, None where nothing was kept."""
        numbers = self.mark.split("-")
        is_mark = len(numbers) == 2 and all(one.isdecimal() and len(one) < 10 for one in numbers)
        return int(numbers[0]) if is_mark else None


class SentDraft(db.Model):
    """`draft_id` is the number that the draft had, `nonce` and `writer` are the form's that was sent; `digest` tells its words from others."""

    __tablename__ = "sent_drafts"
    __table_args__ = (Index(None, "member_id", "place"), Index(None, "sent_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    draft_id: Mapped[int | None]
    nonce: Mapped[str] = mapped_column(String(LONGEST_NONCE), default="")
    writer: Mapped[str] = mapped_column(String(LONGEST_WRITER), default="")
    digest: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime] = mapped_column(default=utcnow)

    @classmethod
    def of(cls, member: Any, place: str, copy: Copy) -> "SentDraft | None":
        """The newest that this copy in a browser began with, or was."""
        own = [cls.draft_id == copy.number] if copy.number else []
        own += [cls.nonce == copy.nonce] if copy.nonce else []
        own += [cls.writer == copy.writer] if copy.writer else []
        if not own:
            return None
        mine = select(cls).filter_by(member_id=member.id, place=place).where(or_(*own))
        return db.session.scalar(mine.order_by(cls.id.desc()).limit(at_most(1)))

    @classmethod
    def note(cls, member: Any, place: str, copy: Copy, fields: Iterable[list[str]], location: str) -> None:
        """The form was taken, and what was kept of it is no draft any more; pressed twice it was sent once."""
        number = Draft.end(member, place, copy.mark, copy.writer) or copy.number or None
        form = {"nonce": copy.nonce, "writer": copy.writer, "digest": digest_of(fields)}
        if copy.nonce and (sent := cls.of(member, place, copy)) and sent.digest == form["digest"]:
            return
        db.session.add(cls(member_id=member.id, place=place, draft_id=number, location=location, **form))

    def is_by(self, copy: Copy) -> bool:
        """Whether it was this very form that was sent: what comes of it later is most likely late."""
        return bool((copy.nonce and self.nonce == copy.nonce) or (copy.writer and self.writer == copy.writer))


def digest_of(fields: Iterable[list[str]]) -> str:
    return sha256(json.dumps(sorted(map(list, fields))).encode()).hexdigest()


def keep_anew(
    member: Any, place: str, words: Words, copy: Copy, writer: str, beside: int | None = None
) -> Draft:
    """As a new draft, which no sent one is told of any more. ChangedElsewhere, Full."""
    there = known_at(member, place, copy.mark, copy.writer, beside)
    if there and there.is_known_to(copy.mark, copy.writer):
        there.discard()
        db.session.flush()
    return keep_words(member, place, words, "", writer, beside)


def forget_sent_drafts() -> None:
    execute(delete(SentDraft).where(SentDraft.sent_at < utcnow() - KEPT_FOR), {})

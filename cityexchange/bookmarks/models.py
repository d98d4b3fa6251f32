"""What members keep for later, each for themselves."""

from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    exists,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.bookmarks.kinds import keepables
from cityexchange.core.alongside import go_with_their_record
from cityexchange.core.db import Timestamped, constant, db, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import model_of
from cityexchange.core.reader import OneReader
from cityexchange.core.statements import execute, insert_once
from cityexchange.core.text import storable
from cityexchange.members.models import Member

LONGEST_NOTE = 500


class Bookmark(Timestamped, db.Model):
    """A record that a member keeps, once, named by type and number; `note` is for nobody else."""

    __tablename__ = "bookmarks"
    __table_args__ = (
        UniqueConstraint("member_id", "record_type", "record_id"),
        Index(None, "member_id", "id"),
        Index(None, "record_type", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")

    @classmethod
    def of(cls, member: Member, record: Any) -> "Bookmark":
        """A new one, that is not yet added."""
        return cls(member_id=member.id, record_type=model_of(record).__name__, record_id=record.id)

    @classmethod
    def keep(cls, member: Member, record: Any) -> None:
        """A second press changes nothing."""
        insert_once(cls.of(member, record), "member_id", "record_type", "record_id")

    @classmethod
    def on(cls, member: Member, kind: str, id: int) -> "Bookmark | None":
        """The member's own of this record, whether they still see it or not."""
        mine = select(cls).filter_by(member_id=member.id, record_type=kind, record_id=id)
        return db.session.scalar(mine)

    @classmethod
    def drop(cls, member: Member, kind: str, id: int, with_note: bool = False) -> None:
        """One with a note stays, unless that is said to go too: words that were typed are not lost by a press."""
        of_it = {"member_id": member.id, "record_type": kind, "record_id": id, "with_note": with_note}
        execute(_dropping(), of_it)

    def edit(self, note: str) -> None:
        self.note = storable(note)


@prepared
def _dropping():
    names = "member_id", "record_type", "record_id"
    of_it = [getattr(Bookmark, name) == bindparam(name) for name in names]
    return delete(Bookmark).where(*of_it, or_(Bookmark.note == "", bindparam("with_note", type_=Boolean)))


def is_kept(record: Any) -> ColumnElement[bool]:
    """A column for a model that can be kept: whether the reader does. Run with the reader's `bind_values`."""
    kind = inspect(record).mapper.class_.__name__
    mine = Bookmark.member_id == bindparam("reader_id", type_=Integer), Bookmark.record_id == record.id
    return exists().where(*mine, Bookmark.record_type == constant(kind)).correlate(record)


def is_kept_by(reader: OneReader, record: Any) -> bool:
    """For a page whose own statement does not say."""
    bind_values = {**reader.bind_values, "wanted": record.id}
    return reader.is_authenticated and bool(rows(_keeping(model_of(record)), bind_values).scalar())


@prepared
def _keeping(model):
    return select(is_kept(model)).where(model.id == bindparam("wanted"))


go_with_their_record(Bookmark, keepables)

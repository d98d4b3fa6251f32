"""How much of a topic, a forum, a theme, a space or a room a member wants to hear."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    inspect,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.alongside import go_with_their_record
from cityexchange.core.db import constant, db, insert, rows, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.projection import model_of
from cityexchange.core.reader import OneReader
from cityexchange.core.statements import execute
from cityexchange.follows.kinds import LEVELS, followables
from cityexchange.members.models import Member

KEY = ["member_id", "record_type", "record_id"]


class Follow(db.Model):
    """What a member chose for one record, named by type and number. What holds where nothing is chosen: levels.py."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        UniqueConstraint(*KEY),
        Index(None, "record_type", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    level: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime] = mapped_column(default=utcnow)

    @classmethod
    def of(cls, member: Member, record: Any) -> "Follow":
        """A new one, that is not yet added."""
        return cls(**_key(member, record))

    @classmethod
    def on(cls, member: Member, kind: str, id: int) -> "Follow | None":
        """The member's own of this record, whether they still see it or not."""
        mine = select(cls).filter_by(member_id=member.id, record_type=kind, record_id=id)
        return db.session.scalar(mine)

    @classmethod
    def choose(cls, member: Member, record: Any, level: str) -> None:
        """The member's own wish. ValueError for a level that does not exist."""
        if level not in LEVELS:
            raise ValueError(f"unknown level: {level}")
        execute(_choosing(), _key(member, record) | {"level": level})

    @classmethod
    def begin(cls, member: Member, record: Any) -> None:
        """Whoever writes in a topic follows it, unless they chose otherwise."""
        execute(_beginning(), _key(member, record) | {"level": "following"})

    @classmethod
    def end(cls, member: Member, kind: str, id: int) -> None:
        """Nothing is chosen here any more: what stands above it holds again."""
        of_it = {"member_id": member.id, "record_type": kind, "record_id": id}
        execute(_ending(), of_it)


def _key(member, record):
    return {"member_id": member.id, "record_type": model_of(record).__name__, "record_id": record.id}


@prepared
def _choosing():
    wish = insert(Follow)
    chosen = {"level": wish.excluded.level, "since": wish.excluded.since}
    return wish.on_conflict_do_update(index_elements=KEY, set_=chosen)


@prepared
def _beginning():
    return insert(Follow).on_conflict_do_nothing(index_elements=KEY)


@prepared
def _ending():
    return delete(Follow).where(*(getattr(Follow, name) == bindparam(name) for name in KEY))


def level_of(record: Any) -> Any:
    """A column for a model that can be followed: the reader's own choice, or None. Run with the reader's `bind_values`."""
    kind = inspect(record).mapper.class_.__name__
    mine = Follow.member_id == bindparam("reader_id", type_=Integer), Follow.record_id == record.id
    chosen = select(Follow.level).where(*mine, Follow.record_type == constant(kind))
    return chosen.correlate(record).scalar_subquery()


def level_chosen(reader: OneReader, record: Any) -> str | None:
    """For a page whose own statement does not say."""
    bind_values = {**reader.bind_values, "wanted": record.id}
    return rows(_chosen(model_of(record)), bind_values).scalar() if reader.is_authenticated else None


@prepared
def _chosen(model):
    return select(level_of(model)).where(model.id == bindparam("wanted"))


go_with_their_record(Follow, followables)

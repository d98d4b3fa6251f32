"""What a member has read of a topic, and whether they want to hear of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db, insert, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.forums.models.topics import Topic
from cityexchange.forums.signals import topic_read
from cityexchange.members.models import Member

LEVELS = ("muted", "normal", "following")


class ReadPosition(db.Model):
    """How far a member has read in a topic. Never goes back."""

    __tablename__ = "read_positions"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(default=utcnow)

    @classmethod
    def advance(cls, member: Member, topic: Topic, position: int) -> None:
        """Read up to `position`, at most to the end; two devices at once leave the farther one."""
        read = max(0, min(position, topic.post_count))
        bind_values = {"member_id": member.id, "topic_id": topic.id, "position": read, "read_at": utcnow()}
        execute(_advancing(), bind_values)
        topic_read.send(member=member, topic=topic, position=read)


@prepared
def _advancing():
    new = insert(ReadPosition)
    farther = {"position": new.excluded.position, "read_at": new.excluded.read_at}
    return new.on_conflict_do_update(
        index_elements=["member_id", "topic_id"],
        set_=farther,
        where=ReadPosition.position < new.excluded.position,
    )


class Follow(db.Model):
    """How much of a topic a member wants to hear: nothing, what names them, or every reply."""

    __tablename__ = "follows"
    __table_args__ = (CheckConstraint(f"level IN {LEVELS}", name="level"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    level: Mapped[str] = mapped_column(String(32), default="following")
    since: Mapped[datetime] = mapped_column(default=utcnow)
    member: Mapped[Member] = relationship()
    topic: Mapped[Topic] = relationship()

    @classmethod
    def choose(cls, member: Member, topic: Topic, level: str) -> None:
        """The member's own wish. ValueError for a level that does not exist."""
        if level not in LEVELS:
            raise ValueError(f"unknown level: {level}")
        execute(_choosing(), {"member_id": member.id, "topic_id": topic.id, "level": level})

    @classmethod
    def begin(cls, member: Member, topic: Topic) -> None:
        """Whoever writes in a topic follows it, unless they chose otherwise."""
        execute(_beginning(), {"member_id": member.id, "topic_id": topic.id, "level": "following"})


@prepared
def _choosing():
    wish = insert(Follow)
    return wish.on_conflict_do_update(
        index_elements=["member_id", "topic_id"], set_={"level": wish.excluded.level}
    )


@prepared
def _beginning():
    return insert(Follow).on_conflict_do_nothing()

"""What a member has read of a topic."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, insert, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.forums.models.topics import Topic
from cityexchange.forums.signals import topic_read
from cityexchange.members.models import Member


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
    def advance(cls, member: Member, topic: Topic, position: int, since: int = 1) -> None:
        """Read up to `position`, at most to the end; two devices at once leave the farther one. `since` is where what was seen begins:
        further up may be what was passed over."""
        read = max(0, min(position, topic.post_count))
        bind_values = {"member_id": member.id, "topic_id": topic.id, "position": read, "read_at": utcnow()}
        execute(_advancing(), bind_values)
        topic_read.send(member=member, topic=topic, since=since, until=read)


@prepared
def _advancing():
    new = insert(ReadPosition)
    farther = {"position": new.excluded.position, "read_at": new.excluded.read_at}
    return new.on_conflict_do_update(
        index_elements=["member_id", "topic_id"],
        set_=farther,
        where=ReadPosition.position < new.excluded.position,
    )

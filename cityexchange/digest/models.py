"""What each week's letter to a member named, and what the member answered with one press."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.statements import insert_once
from cityexchange.forums.models import Topic
from cityexchange.members.models import Member

ANSWERS = ("same", "help", "no")
"""We do this too; I can help; not for me."""
TOLD = ("same", "help")
"""Those that others hear of."""
REMINDED = ("Workshop", "StudyVisit", "City")
"""Types of records that have a deadline; a city for the charter."""


class Digest(db.Model):
    """The letter of one week to one member, also where there was nothing to write. `week`: its first working day, where the member is."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("member_id", "week"), Index(None, "week"))

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    week: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(default=utcnow)
    member: Mapped[Member] = relationship()
    items: Mapped[list["DigestItem"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="DigestItem.position"
    )

    lines = tuple[Any, ...]()
    """Of what it names, what still stands while it is composed (letters.py)."""

    @classmethod
    def begin(cls, member: Member, week: date) -> "Digest | None":
        """None where another worker has written this one."""
        digest = cls(member_id=member.id, week=week)
        return digest if insert_once(digest, "member_id", "week") else None


class DigestItem(db.Model):
    """What a letter named, by type and number: it is not named again unless something is new of it."""

    __tablename__ = "digest_items"
    __table_args__ = (
        UniqueConstraint("digest_id", "record_type", "record_id"),
        Index(None, "member_id", "record_type", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    week: Mapped[date]
    source: Mapped[str] = mapped_column(String(32))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    position: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(default=utcnow)


class DigestAnswer(db.Model):
    """What a member said to a question, for the city of that day; once for each question, and the last word counts."""

    part_of = "topic"
    shows = ("member.name", "member.state", "city.called", "city.slug")

    __tablename__ = "digest_answers"
    __table_args__ = (
        CheckConstraint(f"answer IN {ANSWERS}", name="answer"),
        UniqueConstraint("member_id", "topic_id"),
        Index(None, "topic_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    answer: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime] = mapped_column(default=utcnow)
    member: Mapped[Member] = relationship()
    topic: Mapped[Topic] = relationship()
    city: Mapped[City | None] = relationship()

    @classmethod
    def of(cls, member: Member, topic: Topic, answer: str) -> "DigestAnswer":
        """A new one, that is not yet added."""
        city_id = member.seat.city_id if member.seat else None
        return cls(member_id=member.id, topic_id=topic.id, topic=topic, city_id=city_id, answer=answer)

    @classmethod
    def on(cls, member_id: int, topic_id: int) -> "DigestAnswer | None":
        return db.session.scalar(select(cls).filter_by(member_id=member_id, topic_id=topic_id))

    def give(self) -> bool:
        """False where the member has said exactly this before. Another answer takes the place of the one before."""
        before = self.on(self.member_id, self.topic_id)
        if before is not None and before.answer == self.answer:
            return False
        if before is not None:
            before.take_back()
        return insert_once(self, "member_id", "topic_id")

    def take_back(self) -> None:
        db.session.delete(self)
        db.session.flush()


class DigestReminder(db.Model):
    """Of which deadline a member wants to be reminded, until they are. The worker looked at it last at `looked_at`, and does next at `due_at`."""

    __tablename__ = "digest_reminders"
    __table_args__ = (
        CheckConstraint(f"record_type IN {REMINDED}", name="record_type"),
        UniqueConstraint("member_id", "record_type", "record_id"),
        Index(None, "record_type", "record_id"),
        Index(None, "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    record_type: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    looked_at: Mapped[datetime] = mapped_column(default=utcnow)
    due_at: Mapped[datetime]
    member: Mapped[Member] = relationship()

    @classmethod
    def of(cls, member: Member, record_type: str, record_id: int) -> "DigestReminder":
        """A new one, that is not yet added."""
        return cls(member_id=member.id, record_type=record_type, record_id=record_id)

    @classmethod
    def on(cls, member_id: int, record_type: str, record_id: int) -> "DigestReminder | None":
        of_it = {"record_type": record_type, "record_id": record_id}
        return db.session.scalar(select(cls).filter_by(member_id=member_id, **of_it))

    @property
    def of_what(self) -> tuple[str, int]:
        return self.record_type, self.record_id

    def ask(self, due_at: datetime) -> bool:
        """False where they have asked before."""
        self.due_at = due_at
        return insert_once(self, "member_id", "record_type", "record_id")

    def take_back(self) -> None:
        db.session.delete(self)
        db.session.flush()

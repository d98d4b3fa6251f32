"""A room of a space and its numbered messages. The number is the order; what is removed leaves its number behind."""

from collections import Counter
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from cityexchange.chat import signals
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, insert, utcnow
from cityexchange.core.named import Named
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute, insert_once
from cityexchange.languages.models import Translatable, Written, forget
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.spaces.unsigned import hints_of, is_unsigned, moment_in

LONGEST_TEXT = 4000
"""Characters of one message."""
LONGEST_NONCE = 64
EMOJI = ("👍", "🙏", "💡", "❓", "✅", "🎉")


class Room(Named, Translatable, Timestamped, db.Model):
    """Whoever sees the space sees the room. `newest` is the last number given, `oldest` the first still kept."""

    translated_fields = ("name", "description")
    is_ui_name = True

    __tablename__ = "rooms"
    audited = ("archived_at",)
    __table_args__ = (UniqueConstraint("space_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    newest: Mapped[int] = mapped_column(default=0)
    oldest: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]
    space: Mapped[Space] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None or self.space.archived_at is not None

    @classmethod
    def open(cls, space: Space, name: str, description: str = "", language: str = "en") -> "Room":
        room = cls(space=space, name=name, description=description, language=language)
        db.session.add(room)
        db.session.flush()
        return room

    @classmethod
    def is_in(cls, space: Space, name: str) -> bool:
        return db.session.scalar(select(cls.id).filter_by(space_id=space.id, name=name)) is not None

    def post(
        self,
        author: Member,
        text: str,
        nonce: str | None = None,
        reply_to: "Message | None" = None,
        posted_at: datetime | None = None,
    ) -> "Message":
        """Says something under the room's next number. The same nonce again is the same message, not a second one."""
        message = Message(
            room_id=self.id,
            number=self._set_newest(+1),
            author_id=author.id,
            author_city_id=author.city.id if author.city else None,
            pen_name=self.space.pen_name_of(author),
            nonce=nonce or None,
            reply_to_id=reply_to.id if reply_to else None,
            posted_at=posted_at or moment_in(self.space),
        )
        message.write(text, **hints_of(self.space, author, message.pen_name))
        if not insert_once(message, "room_id", "author_id", "nonce"):
            self._set_newest(-1)
            said = select(Message).filter_by(room_id=self.id, author_id=author.id, nonce=nonce)
            return db.session.scalars(said).one()
        signals.message_posted.send(message=message)
        return message

    def _set_newest(self, step: int) -> int:
        """The row is ours from here to the end of the transaction, so numbers have no gaps and no doubles."""
        newest = execute(_moving_newest(), {"room": self.id, "step": step}).scalar_one()
        set_committed_value(self, "newest", newest)
        return newest

    def read(self, member: Member, number: int, since: int = 1) -> None:
        """The member has read up to a number. Never backwards, and nobody's place is taken twice: other tabs may be at it too. `since` is
        where what was seen begins."""
        place = {"room_id": self.id, "member_id": member.id, "last_read": number}
        execute(_reading_on(), {**place, "since": utcnow()})
        signals.room_read.send(member=member, room=self, since=since, until=number)

    def archive(self) -> None:
        """Stays readable, takes no more messages."""
        self.archived_at = utcnow()
        audit.record("archive_room", self)


@prepared
def _moving_newest():
    further = update(Room).where(Room.id == bindparam("room"))
    return further.values(newest=Room.newest + bindparam("step")).returning(Room.newest)


class Occupancy(db.Model):
    """A member's place in a room: how far they have read."""

    __tablename__ = "occupancies"
    __table_args__ = (UniqueConstraint("member_id", "room_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    last_read: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime] = mapped_column(default=utcnow)


@prepared
def _reading_on():
    new = insert(Occupancy)
    key, further = ["member_id", "room_id"], {"last_read": new.excluded.last_read}
    is_further = Occupancy.last_read < new.excluded.last_read
    return new.on_conflict_do_update(index_elements=key, set_=further, where=is_further)


class Message(Written, db.Model):
    """Numbers are per room, from 1, without gaps. The city is the author's when it was said."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("room_id", "number"),
        UniqueConstraint("room_id", "author_id", "nonce"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    author_city_id: Mapped[int | None] = mapped_column(
        ForeignKey("cities.id", ondelete="SET NULL"), index=True
    )
    reply_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("messages.id", ondelete="SET NULL"), index=True
    )
    nonce: Mapped[str | None] = mapped_column(String(LONGEST_NONCE))
    posted_at: Mapped[datetime] = mapped_column(default=utcnow)
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    room: Mapped[Room] = relationship()
    pen_name: Mapped[str | None] = mapped_column(String(120))
    """As of a post (forums/models/posts.py)."""
    author: Mapped[Member | None] = relationship()
    author_city: Mapped[City | None] = relationship()
    reply_to: Mapped["Message | None"] = relationship(remote_side=id)
    reactions: Mapped[list["Reaction"]] = relationship(
        back_populates="message", cascade="all, delete-orphan", passive_deletes=True, order_by="Reaction.id"
    )

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def edit(self, text: str, language: str | None = None) -> None:
        """A language stated here stays, whatever is written later."""
        before, self.edited_at = self.text, moment_in(self.room.space)
        self.write(text, language, is_unsigned=is_unsigned(self.room.space, self.pen_name))
        db.session.flush()
        signals.message_edited.send(message=self, before=before)
        signals.message_changed.send(message=self)

    def remove(self) -> None:
        """The words go for good, the number stays."""
        self.text = self.html = ""
        forget(self)
        self.nonce, self.removed_at = None, moment_in(self.room.space)
        self.reactions.clear()
        db.session.flush()
        signals.message_removed.send(message=self)

    def react(self, member: Member, emoji: str) -> None:
        """One press sets it, a second press takes it back. ValueError for a sign that is not ours."""
        if emoji not in EMOJI:
            raise ValueError(f"{emoji!r} is not one of {EMOJI}")
        if mine := [r for r in self.reactions if r.member_id == member.id and r.emoji == emoji]:
            self.reactions.remove(mine[0])
        else:
            self.reactions.append(Reaction(member_id=member.id, emoji=emoji))
        db.session.flush()
        signals.message_changed.send(message=self)

    @property
    def reaction_counts(self) -> dict[str, int]:
        """{emoji: how many}, without names."""
        return dict(Counter(reaction.emoji for reaction in self.reactions))


class Reaction(db.Model):
    """A sign under a message; only how many there are is ever shown."""

    __tablename__ = "reactions"
    __table_args__ = (
        UniqueConstraint("message_id", "member_id", "emoji"),
        CheckConstraint(f"emoji IN {EMOJI}", name="emoji"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    emoji: Mapped[str] = mapped_column(String(8))
    message: Mapped[Message] = relationship(back_populates="reactions")

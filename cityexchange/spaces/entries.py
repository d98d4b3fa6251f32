"""Ways into a space that wait for a yes: a member asked for a place, or was asked in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.spaces.signals import entry_answered, entry_made

KINDS = ("request", "invitation")
STATES = ("waiting", "accepted", "declined", "withdrawn")


class SpaceEntry(Timestamped, db.Model):
    """One at a time for each member and space: asking twice, or asking who is asked in, makes no second one."""

    __tablename__ = "space_entries"
    audited = ("state",)
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index(
            "uq_space_entries_waiting",
            "space_id",
            "member_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """Who asked the member in; for a request, who decided."""
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    why: Mapped[str] = mapped_column(Text, default="")
    """The word of who asks to who is asked."""
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship(foreign_keys=[member_id])
    by: Mapped[Member | None] = relationship(foreign_keys=[by_id])

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"

    @property
    def is_request(self) -> bool:
        return self.kind == "request"

    @classmethod
    def waiting_for(cls, space: Space, member: Member) -> "SpaceEntry | None":
        both = select(cls).filter_by(space_id=space.id, member_id=member.id, state="waiting")
        return db.session.scalar(both)

    @classmethod
    def ask(cls, space: Space, member: Member, why: str = "") -> "SpaceEntry":
        """The member asks for a place. Who was asked in already has said yes by asking."""
        if waiting := cls.waiting_for(space, member):
            if not waiting.is_request:
                waiting.accept()
            return waiting
        return cls._make(space, member, kind="request", why=why)

    @classmethod
    def invite(cls, space: Space, member: Member, by: Member, why: str = "") -> "SpaceEntry":
        """Somebody who looks after the space asks the member in. Who asked for a place has it by that."""
        if waiting := cls.waiting_for(space, member):
            if waiting.is_request:
                waiting.accept(by)
            return waiting
        return cls._make(space, member, kind="invitation", why=why, by_id=by.id)

    @classmethod
    def _make(cls, space, member, **values):
        entry = cls(space=space, member=member, **values)
        db.session.add(entry)
        db.session.flush()
        audit.record("ask_for_space" if entry.is_request else "invite_to_space", space, member_id=member.id)
        entry_made.send(entry=entry)
        return entry

    def accept(self, by: Member | None = None) -> None:
        self._decide("accepted", by)
        self.space.admit(self.member)
        entry_answered.send(entry=self)

    def decline(self, by: Member | None = None, reason: str = "") -> None:
        self.reason = reason
        self._decide("declined", by)
        audit.record("decline_entry", self.space, member_id=self.member_id)
        entry_answered.send(entry=self)

    def withdraw(self) -> None:
        self._decide("withdrawn")
        audit.record("withdraw_entry", self.space, member_id=self.member_id)

    def _decide(self, state, by=None):
        self.state, self.decided_at = state, utcnow()
        if by and self.is_request:
            self.by_id = by.id
        db.session.flush()

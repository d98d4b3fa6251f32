"""A space has a confidentiality class with technical effects (practice.md 2.2, K9)."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, db, on_change, rows, utcnow
from cityexchange.core.glance import Glance
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.spaces.signals import membership_ended, space_reclassified

CONFIDENTIALITY = ("public", "members", "city_officials", "group", "chatham")
CLOSED = ("group", "chatham")
JOINING = ("open", "request", "invitation")


class Space(Translatable, Timestamped, db.Model):
    """Where forums, rooms and events hang; its class decides who reads them and what mail may show."""

    translated_fields = ("name", "description")
    is_sign = True

    __tablename__ = "spaces"
    __table_args__ = (
        CheckConstraint(f"confidentiality IN {CONFIDENTIALITY}", name="confidentiality"),
        CheckConstraint(f"joining IN {JOINING}", name="joining"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    confidentiality: Mapped[str] = mapped_column(String(16), default="members", index=True)
    joining: Mapped[str] = mapped_column(String(16), default="open")
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]

    @property
    def is_closed(self) -> bool:
        """Only those let in read here."""
        return self.confidentiality in CLOSED

    @hybrid_property
    def hides_names(self) -> bool:
        """Under the Chatham House Rule neither speaker nor city is shown or mailed."""
        return self.confidentiality == "chatham"

    @property
    def has_mail_content(self) -> bool:
        """Whether a mail may quote what was written here; closed spaces send a bare notice."""
        return not self.is_closed

    def archive(self) -> None:
        self.archived_at = utcnow()

    def membership_of(self, member: Member) -> "Membership | None":
        return db.session.scalar(select(Membership).filter_by(space_id=self.id, member_id=member.id))

    def role_of(self, member: Member) -> str | None:
        """A page below a space has read it beside the space: see `SPACE_ABOVE`."""
        if "role_of_reader" in vars(self):
            return vars(self)["role_of_reader"]
        return rows(ROLE, {"space_id": self.id, "reader_id": member.id}).scalar()

    def admit(self, member: Member, role: str = "member") -> "Membership":
        """Lets a member in; asking twice changes nothing."""
        membership = self.membership_of(member)
        if membership is None:
            membership = Membership(space=self, member=member, role=role)
            db.session.add(membership)
            db.session.flush()
        return membership

    def leave(self, member: Member) -> None:
        if membership := self.membership_of(member):
            db.session.delete(membership)
            db.session.flush()
            membership_ended.send(space=self, member=member)


@on_change(Space.confidentiality)
def _say_that_the_class_changed(space, before, after):
    """Open lines must not go on under the old rules."""
    space_reclassified.send(space=space)


class Membership(Timestamped, db.Model):
    """A member's place in a space."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("space_id", "member_id"),
        CheckConstraint("role IN ('member', 'facilitator')", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16), default="member")
    since: Mapped[datetime] = mapped_column(default=utcnow)
    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship()


def _role_in(space_id: Any) -> Select[str]:
    reader = bindparam("reader_id", type_=Integer)
    return select(Membership.role).where(Membership.space_id == space_id, Membership.member_id == reader)


ROLE = _role_in(bindparam("space_id", type_=Integer))
SPACE_ABOVE = Glance(
    Space,
    "id slug name language confidentiality archived_at",
    role_of_reader=lambda space: _role_in(space.id).correlate(space).scalar_subquery(),
)
"""As much of a space as the pages of what hangs in it ask for."""

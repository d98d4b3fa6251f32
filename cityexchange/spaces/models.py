"""A space has a confidentiality class with technical effects (practice.md 2.2, K9)."""

from collections.abc import Sequence
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
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, on_change, rows, utcnow
from cityexchange.core.folding import fold
from cityexchange.core.named import AS_IT_IS, Named
from cityexchange.core.prepared import prepared
from cityexchange.core.versions import Versioned
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.spaces.signals import facilitator_named, membership_ended, space_opened, space_reclassified

CONFIDENTIALITY = ("public", "members", "city_officials", "group", "chatham")
CLOSED = ("group", "chatham")
JOINING = ("open", "request", "invitation")
ROLES = ("member", "facilitator")


class LastFacilitator(ValueError):
    """Nobody outside could find a closed space to let people in: somebody has to look after it."""


class Space(Named, Translatable, Versioned, db.Model):
    """Where forums, rooms and events hang; its class decides who reads them and what mail may show."""

    translated_fields = ("name", "description")
    is_ui_name = True

    __tablename__ = "spaces"
    audited = ("confidentiality", "joining", "allows_chosen_names", "archived_at")
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
    allows_chosen_names: Mapped[bool] = mapped_column(default=False)
    """Whoever is in may write under another name than their own (practice.md 1.1, R21)."""
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]

    @classmethod
    def open(cls, by: Member, **values: Any) -> "Space":
        """A new space, which `by` looks after."""
        space = cls(**values)
        db.session.add(space)
        audit.record("open_space", space, confidentiality=space.confidentiality)
        space.admit(by, "facilitator")
        space_opened.send(space=space)
        return space

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
        """From now on it is read and no more written in."""
        self.archived_at = utcnow()
        audit.record("archive_space", self)

    def reopen(self) -> None:
        self.archived_at = None
        audit.record("reopen_space", self)

    def change(self, by: Member, **values: Any) -> None:
        """`values`: columns. Whoever closes a space that nobody looks after looks after it from then on."""
        before = self.confidentiality
        for name, value in values.items():
            setattr(self, name, value)
        audit.record("edit_space", self, before=before, after=self.confidentiality, joining=self.joining)
        if self.is_closed and not self.facilitator_ids():
            self.appoint(self.admit(by), "facilitator")
        db.session.flush()

    def widens_to(self, confidentiality: str) -> bool:
        """Whether what was written here in confidence would be read by more people, or with more names."""
        return CONFIDENTIALITY.index(confidentiality) < CONFIDENTIALITY.index(self.confidentiality)

    def membership_of(self, member: Member) -> "Membership | None":
        return db.session.scalar(select(Membership).filter_by(space_id=self.id, member_id=member.id))

    def role_of(self, member: Member) -> str | None:
        """A page below a space has read it beside the space: see `SPACE_ABOVE`."""
        if "role_of_reader" in vars(self):
            return vars(self)["role_of_reader"]
        return rows(_role(), {"space_id": self.id, "reader_id": member.id}).scalar()

    def admit(self, member: Member, role: str = "member") -> "Membership":
        """Lets a member in; asking twice changes nothing."""
        membership = self.membership_of(member)
        if membership is None:
            membership = Membership(space=self, member=member, role=role)
            db.session.add(membership)
            db.session.flush()
            audit.record("enter_space", self, member_id=member.id, role=role)
        return membership

    def depends_on(self, member: Member) -> bool:
        """Whether nobody else looks after it."""
        return self.facilitator_ids() == [member.id]

    def facilitator_ids(self) -> Sequence[int]:
        named = select(Membership.member_id).filter_by(space_id=self.id, role="facilitator")
        return db.session.scalars(named).all()

    def appoint(self, membership: "Membership", role: str) -> None:
        """LastFacilitator where nobody would look after a closed space any more."""
        if role != "facilitator" and self.is_closed and self.depends_on(membership.member):
            raise LastFacilitator
        membership.become(role)
        db.session.flush()

    def leave(self, member: Member) -> None:
        """Whoever was longest in follows the last who looked after a closed space."""
        if membership := self.membership_of(member):
            was_last = self.is_closed and self.depends_on(member)
            audit.record("leave_space", self, member_id=member.id)
            db.session.delete(membership)
            db.session.flush()
            membership_ended.send(space=self, member=member)
            if was_last:
                self._name_successor()

    def _name_successor(self):
        those_in = select(Membership).join(Membership.member).where(Membership.space_id == self.id)
        longest = those_in.where(Member.state == "active").order_by(Membership.since, Membership.id)
        if successor := db.session.scalars(longest).first():
            successor.become("facilitator")
            facilitator_named.send(membership=successor)

    def pen_name_of(self, member: Member) -> str | None:
        """What stands in place of the member's name under what they write here from now on."""
        if not self.allows_chosen_names:
            return None
        mine = select(Membership.chosen_name).filter_by(space_id=self.id, member_id=member.id)
        return db.session.scalar(mine) or None


@on_change(Space.confidentiality)
def _say_that_the_class_changed(space, before, after):
    """Open lines must not go on under the old rules."""
    space_reclassified.send(space=space)


class Membership(Timestamped, db.Model):
    """A member's place in a space."""

    __tablename__ = "memberships"
    audited = ("role",)
    __table_args__ = (
        UniqueConstraint("space_id", "member_id"),
        CheckConstraint(f"role IN {ROLES}", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(16), default="member")
    chosen_name: Mapped[str] = mapped_column(String(120), default="")
    chosen_folded: Mapped[str] = mapped_column(AS_IT_IS, default="")
    since: Mapped[datetime] = mapped_column(default=utcnow)
    space: Mapped[Space] = relationship()
    member: Mapped[Member] = relationship()

    @validates("chosen_name")
    def _fold_chosen_name(self, _key, name):
        self.chosen_folded = fold(name or "")
        return name

    def become(self, role: str) -> None:
        self.role = role
        audit.record("appoint_in_space", self.space, member_id=self.member_id, role=role)


def role_in(space_id: Any) -> Select[str]:
    reader = bindparam("reader_id", type_=Integer)
    return select(Membership.role).where(Membership.space_id == space_id, Membership.member_id == reader)


@prepared
def _role() -> Select[str]:
    return role_in(bindparam("space_id", type_=Integer))

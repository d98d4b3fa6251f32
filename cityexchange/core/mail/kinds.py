"""Kinds of mail that a member may switch off. What is not of a registered kind (a code, a decision) is always sent."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import Timestamped, db
from cityexchange.core.registries import Registry

mail_kinds = Registry("kinds of mail that can be switched off: MailKind(label, templates)")


@dataclass(frozen=True)
class MailKind:
    """`mail_kinds.add("replies", MailKind(_l("Replies in topics you follow"), ("forums/new_reply",)))`"""

    label: Any
    templates: tuple[str, ...]


def kind_of(template: str) -> str | None:
    """The name of the kind this template belongs to, or None when it cannot be switched off."""
    return next((name for name in mail_kinds.names() if template in mail_kinds[name].templates), None)


class MailPreference(Timestamped, db.Model):
    """What a member said about one kind of mail; without a row it is on."""

    __tablename__ = "mail_preferences"
    __table_args__ = (UniqueConstraint("member_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(64))
    is_on: Mapped[bool]

    @classmethod
    def choose(cls, member_id: int, kind: str, is_on: bool) -> None:
        row = db.session.scalar(db.select(cls).filter_by(member_id=member_id, kind=kind))
        if row is None:
            db.session.add(cls(member_id=member_id, kind=kind, is_on=is_on))
        else:
            row.is_on = is_on
        db.session.flush()

    @classmethod
    def is_wanted(cls, member_id: int | None, template: str) -> bool:
        kind = kind_of(template)
        if kind is None or member_id is None:
            return True
        said = db.session.scalar(db.select(cls.is_on).filter_by(member_id=member_id, kind=kind))
        return said is not False

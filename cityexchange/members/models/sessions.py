"""The browsers that members are signed in with."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core import audit
from cityexchange.core.db import db, utcnow
from cityexchange.members.signals import sign_in_ended, signed_in


class SignInSession(db.Model):
    """A signed-in browser. The cookie carries a secret, the row only its digest; ending the row ends it all."""

    __tablename__ = "sign_in_sessions"
    audited = ("ended_at",)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(default=utcnow)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(80), default="")
    network: Mapped[str] = mapped_column(String(45), default="")
    """Where it was opened from, as far as limits tell networks apart."""
    member: Mapped[Any] = relationship("Member")

    @classmethod
    def begin(cls, member: Any, device: str = "", network: str = "") -> tuple["SignInSession", str]:
        """The new session and its secret (43 characters), which is told to the browser once."""
        secret = secrets.token_urlsafe(32)
        session = cls(
            member=member,
            digest=digest_of(secret),
            device=device[:80],
            network=network,
        )
        db.session.add(session)
        db.session.flush()
        signed_in.send(session=session)
        return session, secret

    def end(self) -> None:
        self.ended_at = utcnow()
        db.session.flush()
        audit.record("end_sign_in", self, member_id=self.member_id)
        sign_in_ended.send(session=self)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

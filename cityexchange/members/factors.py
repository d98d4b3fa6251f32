"""What proves a second time who signs in: an authenticator application, passkeys, recovery codes."""

import base64
import os
import secrets
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import ForeignKey, LargeBinary, String, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, at_most, db, utcnow
from cityexchange.members.codes import digits_of
from cityexchange.members.models import Member, digest_of
from cityexchange.members.sealing import seal, unseal

PURPOSE = "authenticator"
STEP = 30
"""Seconds that a code of an authenticator is good for; the one before and the one after are taken too (RFC 6238, 5.2)."""
RECOVERY_CODES = 10


class Authenticator(Timestamped, db.Model):
    """A member's authenticator application. It counts once a first code has shown that it works."""

    __tablename__ = "authenticators"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), unique=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]

    @classmethod
    def of(cls, member: Any) -> "Authenticator | None":
        return db.session.scalar(select(cls).filter_by(member_id=member.id))

    @classmethod
    def begin(cls, member: Any) -> "Authenticator":
        """A new secret of 20 bytes (RFC 4226, 4), in place of one that was never confirmed."""
        fresh = cls.of(member) or cls(member_id=member.id)
        fresh.sealed_secret = seal(base64.b32encode(os.urandom(20)).decode(), PURPOSE)
        db.session.add(fresh)
        db.session.flush()
        return fresh

    @property
    def secret(self) -> str:
        """In base 32, as it is typed into an application."""
        return unseal(self.sealed_secret, PURPOSE)

    def address(self, account: str, issuer: str) -> str:
        """otpauth://..., for the picture that an application reads."""
        return self._totp().get_provisioning_uri(account, issuer)

    def takes(self, code: str, at: datetime | None = None) -> bool:
        """Whether this is a code of now, and newer than the last one taken: each is good once."""
        step = self._step_of(digits_of(code), at or utcnow())
        if step is None:
            return False
        newer = update(Authenticator).where(Authenticator.id == self.id, Authenticator.last_step < step)
        taken: Any = db.session.execute(
            newer.values(last_step=step, confirmed_at=self.confirmed_at or utcnow())
        )
        return bool(taken.rowcount)

    def _step_of(self, code, at):
        now = int(at.timestamp()) // STEP
        for step in (now, now - 1, now + 1):
            try:
                self._totp().verify(code.encode(), step * STEP)
                return step
            except InvalidToken:
                continue

    def _totp(self):
        return TOTP(base64.b32decode(self.secret), 6, SHA1(), STEP)


class RecoveryCode(db.Model):
    """For the day when telephone and key are lost. Shown once, stored as digest, good once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))

    @classmethod
    def renew(cls, member: Any) -> list[str]:
        """Ten new codes of 50 bits; earlier ones are dead."""
        db.session.execute(delete(cls).where(cls.member_id == member.id))
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        db.session.add_all(cls(member_id=member.id, digest=_digest(member, code)) for code in codes)
        db.session.flush()
        return codes

    @classmethod
    def take(cls, member: Any, code: str) -> bool:
        used: Any = db.session.execute(
            delete(cls).where(cls.member_id == member.id, cls.digest == _digest(member, code))
        )
        return bool(used.rowcount)

    @classmethod
    def left(cls, member: Any) -> int:
        return db.session.scalar(select(func.count()).where(cls.member_id == member.id)) or 0


ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without signs that look like others."""


def _recovery_code():
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _digest(member, code):
    plain = "".join(sign for sign in code.lower() if sign in ALPHABET)
    return digest_of(f"recovery:{member.id}:{plain}")


class Passkey(Timestamped, db.Model):
    """A key that the member's device or stick holds; we hold its public half."""

    __tablename__ = "passkeys"
    audited = ("public_key",)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    """base64url; at most 1,023 bytes (WebAuthn, 4)."""
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80))
    used_at: Mapped[datetime | None]
    member: Mapped[Member] = relationship()

    @classmethod
    def of(cls, member: Any) -> list["Passkey"]:
        return list(db.session.scalars(select(cls).filter_by(member_id=member.id).order_by(cls.id)))


class Challenge(db.Model):
    """What a device is asked to sign: known to us alone until then, good once and for five minutes."""

    __tablename__ = "challenges"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def begin(cls, member: Any = None) -> bytes:
        value = os.urandom(32)
        facts = {"digest": digest_of(value.hex()), "member_id": getattr(member, "id", None)}
        db.session.add(cls(**facts, expires_at=utcnow() + timedelta(minutes=5)))
        db.session.flush()
        return value

    @classmethod
    def take(cls, value: bytes, member: Any = None) -> bool:
        """Whether it was ours, for this member (or for nobody in particular), and not used before."""
        mine = cls.member_id == member.id if member else cls.member_id.is_(None)
        used: Any = db.session.execute(
            delete(cls).where(cls.digest == digest_of(value.hex()), mine, cls.expires_at > utcnow())
        )
        return bool(used.rowcount)


class SecondStep(db.Model):
    """Between the first proof and the second nobody is signed in: a row, and its secret in the browser's cookie."""

    __tablename__ = "second_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    member: Mapped[Member] = relationship()

    @classmethod
    def begin(cls, member: Member) -> str:
        """Its secret; ten minutes and five tries are left."""
        secret = secrets.token_urlsafe(32)
        expires_at = utcnow() + timedelta(minutes=10)
        db.session.add(cls(digest=digest_of(secret), member=member, expires_at=expires_at))
        db.session.flush()
        return secret

    @classmethod
    def living(cls, secret: str) -> "SecondStep | None":
        alive = select(cls).where(cls.digest == digest_of(secret), cls.expires_at > utcnow(), cls.tries < 5)
        step = db.session.scalar(alive)
        return step if step and step.member.active else None


def has_second_factor(member: Any) -> bool:
    authenticator = select(Authenticator.id).where(
        Authenticator.member_id == member.id, Authenticator.confirmed_at.is_not(None)
    )
    passkey = select(Passkey.id).where(Passkey.member_id == member.id)
    return db.session.scalar(authenticator.union_all(passkey).limit(at_most(1))) is not None


def sweep() -> None:
    """Forgets what is over by its time."""
    for model in (Challenge, SecondStep):
        db.session.execute(delete(model).where(model.expires_at < utcnow()))

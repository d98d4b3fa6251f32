"""Six digits that are mailed and typed. Never a link: mail scanners follow links, and what they open must do nothing.

Where others have had so many mailed to an address that its owner gets none of their own, one code of twelve is mailed for all who ask:
whoever reads the mail comes in, and nobody guesses it, however often it is tried.
"""

import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, bindparam, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.core.transactions import at_once
from cityexchange.members.models import Member, digest_of

CODE_LIFE = timedelta(minutes=30)
MOST_TRIES = 5
DIGITS, DIGITS_FOR_ALL = 6, 12
FOR_ALL = "all"
"""In place of a network."""
PURPOSES = ("reset", "sign_in", "new_address", "place")


class TypedCode:
    """For records that a code proves something of. The table holds its digest alone."""

    id: Mapped[int]
    code_digest: Mapped[str] = mapped_column(String(64), default="")
    code_expires_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)

    @property
    def is_for_all(self) -> bool:
        return False

    def new_code(self) -> str:
        """Six digits, valid for half an hour; earlier codes of this record are dead."""
        digits = DIGITS_FOR_ALL if self.is_for_all else DIGITS
        code = f"{secrets.randbelow(10**digits):0{digits}}"
        self.code_digest, self.tries = self._digest(code), 0
        self.code_expires_at = utcnow() + CODE_LIFE
        return code

    def takes(self, code: str) -> bool:
        """Whether this is the code. MOST_TRIES of them (of one for all as many as come), half an hour or the right one end it.

        A try counts for good before it is looked at (`at_once`), so that many at the same moment are many.
        """
        with at_once():
            tries = execute(_one_try(type(self)), {"this": self.id}).scalar_one()
        db.session.refresh(self, ["code_digest", "code_expires_at"], with_for_update=True)
        is_alive = self._is_running and (self.is_for_all or tries <= MOST_TRIES)
        if not (is_alive and self.code_digest and hmac.compare_digest(self._digest(code), self.code_digest)):
            return False
        self.code_digest = ""
        return True

    @property
    def _is_running(self):
        return self.code_expires_at and self.code_expires_at > utcnow()

    def _digest(self, code):
        return digest_of(f"{type(self).__name__}:{self.id}:{digits_of(code)}")


def _origin(purpose, email, network):
    return digest_of(f"{purpose}:{email}:{network}")


@prepared
def _one_try(model):
    one_more = update(model).where(model.id == bindparam("this")).values(tries=model.tries + 1)
    return one_more.returning(model.tries)


def digits_of(code: str) -> str:
    """As it is meant: typed with the digits of any script, with spaces between them."""
    return "".join(str(unicodedata.digit(sign, sign)) for sign in "".join(code.split()))


class MailProof(TypedCode, Timestamped, db.Model):
    """Whoever types the code reads the mail of `email`. Without a member it looks the same and no code fits."""

    __tablename__ = "mail_proofs"
    __table_args__ = (CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    email: Mapped[str] = mapped_column(String(254), index=True)
    origin: Mapped[str] = mapped_column(String(64), default="", index=True)
    """A digest of purpose, address and network: no address of a network is kept."""
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    member: Mapped[Member | None] = relationship()

    @classmethod
    def begin(cls, purpose: str, email: str, member: Member | None, network: str) -> "MailProof":
        """Ends what was begun for this purpose and address before, from the same network: the newest code alone is good.

        Threat: what a stranger begins elsewhere must not end what the owner of the address has begun.
        """
        origin = _origin(purpose, email, network)
        db.session.execute(update(cls).where(cls.origin == origin).values(code_digest=""))
        proof = cls(purpose=purpose, email=email, member=member, origin=origin)
        db.session.add(proof)
        db.session.flush()
        return proof

    @classmethod
    def for_all(cls, purpose: str, email: str) -> "MailProof | None":
        """The one whose code all who ask may type, while it runs."""
        ours = db.select(cls).filter_by(origin=_origin(purpose, email, FOR_ALL)).where(cls.code_digest != "")
        proof = db.session.scalars(ours.order_by(cls.id.desc())).first()
        return proof if proof and proof._is_running else None

    @property
    def is_for_all(self) -> bool:
        return self.origin == _origin(self.purpose, self.email, FOR_ALL)

    @classmethod
    def forget(cls, member: Member) -> None:
        """Ends every code that was sent to this member for an address of theirs."""
        db.session.execute(update(cls).where(cls.member_id == member.id).values(code_digest=""))

    def proven(self, code: str) -> Member | None:
        """The member, if this is the code and they still are who they were when it was sent."""
        is_right = self.takes(code)
        member = self.member
        if not (is_right and member and member.active):
            return None
        member.email_confirmed_at = member.email_confirmed_at or utcnow()
        return member if self.purpose == "new_address" or member.email == self.email else None

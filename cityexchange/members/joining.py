"""Asking for a place: an address proven by a typed code, then a decision by the city or the team (US01)."""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.models import Member, digest_of
from cityexchange.members.naming import free_handle
from cityexchange.members.signals import join_accepted, join_declined

CODE_LIFE = timedelta(minutes=30)
MOST_TRIES = 5
STATES = ("unconfirmed", "waiting", "accepted", "declined")


class JoinRequest(Timestamped, db.Model):
    """An official's wish for a seat. It becomes a member only by somebody's decision."""

    __tablename__ = "join_requests"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    job_title: Mapped[str] = mapped_column(String(160))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    city_name: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(8), default="en")
    password: Mapped[str] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(16), default="unconfirmed", index=True)
    code_digest: Mapped[str] = mapped_column(String(64), default="")
    code_expires_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    city: Mapped[City | None] = relationship()

    def new_code(self) -> str:
        """Six digits, valid for half an hour; earlier codes are dead."""
        code = f"{secrets.randbelow(10**6):06}"
        self.code_digest, self.tries = digest_of(f"{self.id}:{code}"), 0
        self.code_expires_at = utcnow() + CODE_LIFE
        return code

    def confirm(self, code: str) -> bool:
        """Whether the typed code proves the address; five wrong tries or half an hour end it."""
        self.tries += 1
        is_alive = self.code_expires_at and self.code_expires_at > utcnow() and self.tries <= MOST_TRIES
        given = digest_of(f"{self.id}:{code.strip()}")
        if not (is_alive and hmac.compare_digest(given, self.code_digest)):
            return False
        self.state, self.code_digest = "waiting", ""
        return True

    def accept(self, by: Member, city: City) -> Member:
        """Makes the member and their seat. ValueError when the address has an account meanwhile."""
        if db.session.scalar(select(Member.id).where(Member.email == self.email)):
            raise ValueError("this address has an account")
        member = Member(
            name=self.name,
            handle=free_handle(self.name),
            email=self.email,
            password=self.password,
            job_title=self.job_title,
            locale=self.locale,
            languages_read=[self.locale],
            timezone=city.timezone,
            state="active",
            email_confirmed_at=utcnow(),
        )
        db.session.add(member)
        member.seat_in(city)
        self._decide("accepted", by)
        join_accepted.send(request=self, member=member)
        return member

    def decline(self, by: Member, reason: str) -> None:
        self.reason = reason
        self._decide("declined", by)
        join_declined.send(request=self)

    def _decide(self, state, by):
        self.state, self.decided_at, self.decided_by_id = state, utcnow(), by.id
        self.password = ""
        db.session.flush()

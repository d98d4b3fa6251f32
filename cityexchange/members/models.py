"""A member, the seats that tie them to cities, and the browsers they are signed in with."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import Timestamped, db, on_change, utcnow
from cityexchange.members.signals import (
    member_renamed,
    member_suspended,
    seat_ended,
    sign_in_ended,
    signed_in,
    team_role_ended,
)
from cityexchange.members.standing import SeatStanding, Standing

STATES = ("invited", "pending", "active", "locked", "deactivated", "anonymised")
SEAT_ROLES = ("member", "elected_member", "city_focal_point", "city_deputy")
TEAM_ROLES = ("facilitator", "organiser", "coordinator", "admin")


class Member(Timestamped, db.Model):
    """A person. What they may do comes from their current seat and, for the team, from `team_role`."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"team_role IN {TEAM_ROLES}", name="team_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    handle: Mapped[str] = mapped_column(String(60), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    job_title: Mapped[str] = mapped_column(String(160), default="")
    locale: Mapped[str] = mapped_column(String(8), default="en")
    languages_read: Mapped[list[str]] = mapped_column(JSON, default=list)
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    team_role: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="pending")
    email_confirmed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    previous_visit_at: Mapped[datetime | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: secrets.token_hex(32))
    seats: Mapped[list["Seat"]] = relationship(
        back_populates="member", cascade="all, delete-orphan", foreign_keys="Seat.member_id"
    )
    seat: Mapped["Seat | None"] = relationship(
        primaryjoin=lambda: and_(
            Seat.member_id == Member.id, or_(Seat.until.is_(None), Seat.until > func.current_date())
        ),
        viewonly=True,
        uselist=False,
        order_by=lambda: Seat.id.desc(),
    )

    is_authenticated = True
    is_anonymous = False

    @property
    def active(self) -> bool:
        return self.state == "active"

    is_active = active

    def get_id(self) -> str:
        return self.fs_uniquifier

    @property
    def city(self) -> City | None:
        return self.seat.city if self.seat else None

    @property
    def is_official(self) -> bool:
        """Holds a seat today, in a city that takes part."""
        return bool(self.seat and self.seat.city.is_active)

    @property
    def display_name(self) -> str:
        return self.name

    def has_team_role(self, *roles: str) -> bool:
        return self.team_role in roles

    @property
    def standing(self) -> Standing:
        seat = SeatStanding(self.seat.role) if self.seat else None
        return Standing(self.is_authenticated, self.is_official, self.team_role, seat)

    @property
    def facts(self) -> dict[str, Any]:
        """The parameters of a statement that was made for this member's standing."""
        return {"reader_id": self.id, "reader_city_id": self.seat.city_id if self.seat else None}

    @property
    def record(self) -> "Member":
        """Itself; see `members/reader.py` for what stands in for a member where pages only read."""
        return self

    def seat_in(self, city: City, role: str = "member", since: date | None = None) -> "Seat":
        seat = Seat(member=self, city=city, role=role, since=since or utcnow().date())
        db.session.add(seat)
        return seat

    def begin_visit(self) -> None:
        """Remembers when the visit before this one ended, for "new since my last visit"."""
        now = utcnow()
        if self.seen_at is None or (now - self.seen_at).total_seconds() > 1800:
            self.previous_visit_at = self.seen_at
        self.seen_at = now

    def suspend(self) -> None:
        self.state = "locked"
        self.sign_out_everywhere()
        member_suspended.send(member=self)

    def reinstate(self) -> None:
        self.state = "active"

    def sign_out_everywhere(self, but: "SignInSession | None" = None) -> None:
        living = db.select(SignInSession).filter_by(member_id=self.id, ended_at=None)
        for session in db.session.scalars(living):
            if session is not but:
                session.end()


@on_change(Member.name)
def _say_that_the_name_changed(member, before, after):
    """Pages are kept in memory with the names of those who wrote."""
    member_renamed.send(member=member)


@on_change(Member.team_role)
def _say_that_the_role_ended(member, before, after):
    """Open lines must not go on with what it let the member read."""
    team_role_ended.send(member=member)


class Seat(Timestamped, db.Model):
    """A member's seat in a city: role, from, until. `until` is the first day without the seat."""

    __tablename__ = "seats"
    __table_args__ = (CheckConstraint(f"role IN {SEAT_ROLES}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(24), default="member")
    since: Mapped[date]
    until: Mapped[date | None]
    member: Mapped[Member] = relationship(back_populates="seats", foreign_keys=[member_id])
    city: Mapped[City] = relationship(lazy="joined")

    def end(self, on: date | None = None) -> None:
        self.until = on or utcnow().date()
        db.session.flush()
        seat_ended.send(seat=self)

    @classmethod
    def ended_of_late(cls) -> Select[int, int]:
        """(id, member's id) of the seats whose last day has passed, by date or by `end`, in the last two days."""
        today, lately = func.current_date(), utcnow().date() - timedelta(days=2)
        return select(cls.id, cls.member_id).where(cls.until <= today, cls.until > lately)


class SignInSession(db.Model):
    """A signed-in browser. The cookie carries a secret, the row only its digest; ending the row ends it all."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(default=utcnow)
    seen_at: Mapped[datetime] = mapped_column(default=utcnow)
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(80), default="")
    member: Mapped[Member] = relationship()

    @classmethod
    def begin(cls, member: Member, device: str = "") -> tuple["SignInSession", str]:
        """The new session and its secret (43 characters), which is told to the browser once."""
        secret = secrets.token_urlsafe(32)
        session = cls(member=member, digest=digest_of(secret), device=device[:80])
        db.session.add(session)
        db.session.flush()
        signed_in.send(session=session)
        return session, secret

    def end(self) -> None:
        self.ended_at = utcnow()
        db.session.flush()
        sign_in_ended.send(session=self)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Visitor:
    """Nobody in particular: has the same questions answered, always with no."""

    id = None
    locale = None
    languages_read: tuple[str, ...] = ()
    timezone = None
    team_role = None
    city = None
    seat = None
    display_name = ""
    is_authenticated = is_active = is_official = False
    is_anonymous = True
    previous_visit_at = None
    standing = Standing(is_authenticated=False, is_official=False, team_role=None, seat=None)
    facts = {"reader_id": None, "reader_city_id": None}

    def has_team_role(self, *roles: str) -> bool:
        return False

    def get_id(self) -> None:
        return None

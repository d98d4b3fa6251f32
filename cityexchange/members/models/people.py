"""A person: how they are called, what they may be asked about, what they may do."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, and_, func, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, on_change, utcnow
from cityexchange.core.folding import fold
from cityexchange.core.named import Named
from cityexchange.members.models.access import HasAccess
from cityexchange.members.models.seats import Seat
from cityexchange.members.rights import Answers
from cityexchange.members.signals import member_renamed, team_role_ended
from cityexchange.organisations.models import Organisation
from cityexchange.themes.models import Theme

STATES = ("invited", "pending", "active", "locked", "deactivated", "anonymised")
TEAM_ROLES = ("facilitator", "organiser", "coordinator", "admin")
LEVELS = ("reads", "works", "fluent")
"""How well somebody knows a language: reads it, takes part in a meeting, presents and negotiates."""

AWAY_AFTER = timedelta(days=30)
"""Without a sign-in, somebody who speaks for a city may be away for good."""


class Member(HasAccess, Named, Answers, Timestamped, db.Model):
    """A person. What they may do comes from their current seat and, for the team, from `team_role`. Who goes leaves (archive/leaving.py):
    the row of somebody who has written cannot be deleted, for the words of others answer theirs."""

    names_people = True
    __tablename__ = "members"
    audited = ("state", "team_role", "email", "password")
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"team_role IN {TEAM_ROLES}", name="team_role"),
        Index("ix_members_folded_id", "folded", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    handle: Mapped[str] = mapped_column(String(60), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    job_title: Mapped[str] = mapped_column(String(160), default="")
    locale: Mapped[str] = mapped_column(String(8), default="en")
    address_as: Mapped[str] = mapped_column(String(80), default="")
    """How they want to be addressed; mails begin with it."""
    languages: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """{language: one of LEVELS}, in the member's own order."""
    asks_line: Mapped[str] = mapped_column(String(300), default="")
    """In their own words, what others may ask them about; the themes are `ask_themes`."""
    asks_folded: Mapped[str] = mapped_column(Text, default="")
    """The same as people look for it."""
    is_unlisted: Mapped[bool] = mapped_column(default=False)
    """Stands in no list of people, because they chose so."""
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

    ask_themes: Mapped[list[Theme]] = relationship(secondary="member_themes", order_by=Theme.position)

    is_authenticated = True
    is_anonymous = False

    @validates("asks_line")
    def _fold_asks_line(self, _key, line):
        self.asks_folded = fold(line or "")
        return line

    @property
    def languages_read(self) -> list[str]:
        """Whoever knows a language at all reads it."""
        return list(self.languages or {})

    @languages_read.setter
    def languages_read(self, languages: Iterable[str]) -> None:
        """Those that stay keep their level."""
        self.languages = {one: (self.languages or {}).get(one, "reads") for one in languages}

    def is_away(self) -> bool:
        """Has not been here for so long that a deputy may look for somebody else."""
        return not self.active or (self.seen_at or self.created_at) < utcnow() - AWAY_AFTER

    @property
    def addressed(self) -> str:
        """How a letter to them begins."""
        return self.address_as or self.name

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
    def display_name(self) -> str:
        return self.name

    @property
    def record(self) -> "Member":
        """Itself; see `members/reader.py` for what stands in for a member where pages only read."""
        return self

    def seat_in(
        self,
        place: City | Organisation,
        role: str = "member",
        since: date | None = None,
        category: str = "local_authority",
    ) -> "Seat":
        """A seat from today (or `since`) in a city, or in an organisation in one of the roles of GUESTS."""
        kind = "organisation" if isinstance(place, Organisation) else "city"
        seat = Seat(
            member=self, **{kind: place}, role=role, category=category, since=since or utcnow().date()
        )
        db.session.add(seat)
        db.session.flush()
        audit.record("give_seat", seat, member_id=self.id, role=role)
        return seat

    def begin_visit(self) -> None:
        """Remembers when the visit before this one ended, for "new since my last visit"."""
        now = utcnow()
        if self.seen_at is None or (now - self.seen_at).total_seconds() > 1800:
            self.previous_visit_at = self.seen_at
        self.seen_at = now


@on_change(Member.name)
def _say_that_the_name_changed(member, before, after):
    """Pages are kept in memory with the names of those who wrote."""
    member_renamed.send(member=member)


@on_change(Member.team_role)
def _say_that_the_role_ended(member, before, after):
    """Open lines must not go on with what it let the member read."""
    team_role_ended.send(member=member)


class AskTheme(db.Model):
    """A theme that others may ask a member about."""

    __tablename__ = "member_themes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(
        ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Visitor(Answers):
    """Nobody in particular: has the same questions answered, always with no."""

    id = None
    locale = None
    languages_read: tuple[str, ...] = ()
    timezone = None
    team_role = None
    city = None
    seat = None
    display_name = ""
    is_authenticated = is_active = False
    is_anonymous = True
    previous_visit_at = None

    def get_id(self) -> None:
        return None

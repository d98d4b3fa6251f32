"""Places at a workshop: who has one, who waits, and who moves up (practice.md 2.2, 3.2).

Never one place too many: each change begins by locking the workshop's row. PostgreSQL queues there;
on SQLite the unit of work has begun with BEGIN IMMEDIATE, so nobody else is writing.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, bindparam, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import Timestamped, among, db, hold, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.members.models import Member
from cityexchange.workshops.signals import registration_made, registration_promoted, registration_withdrawn

PLACES = ("in_person", "online")
STATES = (
    "submitted",
    "approved",
    "waitlisted",
    "offered",
    "confirmed",
    "declined",
    "withdrawn",
    "attended",
    "partial",
    "no_show",
)
GONE = ("declined", "withdrawn")
HOLDING = ("offered", "confirmed", "attended", "partial", "no_show")


class RegistrationClosed(Exception):
    """Registration ended while the form was open."""


class Registration(Timestamped, db.Model):
    """A member's place, or their turn on the waiting list. One living row for each member and workshop."""

    part_of = "workshop"
    shows = ("member.name", "city.called", "city.slug", "city.paving")

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"mode IN {PLACES}", name="mode"),
        Index(
            "uq_registrations_living",
            "workshop_id",
            "member_id",
            unique=True,
            sqlite_where=text(f"state NOT IN {GONE}"),
            postgresql_where=text(f"state NOT IN {GONE}"),
        ),
        Index("uq_registrations_nonce", "workshop_id", "member_id", "nonce", unique=True),
        Index("ix_registrations_places", "workshop_id", "state", "mode", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    mode: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(16), default="submitted")
    nonce: Mapped[str | None] = mapped_column(String(64))
    registered_at: Mapped[datetime] = mapped_column(default=utcnow)
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    workshop: Mapped[Any] = relationship("Workshop", back_populates="registrations")
    member: Mapped[Member] = relationship()
    city: Mapped[City | None] = relationship()

    @property
    def is_living(self) -> bool:
        return self.state not in GONE

    @property
    def has_place(self) -> bool:
        return self.state in HOLDING

    @property
    def place_in_line(self) -> int:
        """1 for the first of those who wait for the same kind of place."""
        line = select(func.count(Registration.id)).where(Registration.id <= self.id)
        mine = line.filter_by(workshop_id=self.workshop_id, mode=self.mode, state="waitlisted")
        return db.session.scalar(mine) or 0

    def confirm(self) -> None:
        self.state, self.confirmed_at = "confirmed", utcnow()
        db.session.flush()

    def withdraw(self) -> None:
        """Gives the place back, and the next who waits gets it; a second press changes nothing."""
        hold(self.workshop)
        db.session.refresh(self)
        if not self.is_living:
            return
        self.state, self.withdrawn_at = "withdrawn", utcnow()
        db.session.flush()
        registration_withdrawn.send(registration=self)
        self.workshop.fill_places()


LIVING = Registration.workshop_id == bindparam("wanted"), ~among(Registration.state, GONE)
KEYS = Registration.mode, Registration.city_id, Registration.state


@prepared
def _taken_or_waiting():
    return select(*KEYS, func.count()).where(*LIVING).group_by(*KEYS)


@prepared
def _of_member():
    return select(Registration).where(*LIVING, Registration.member_id == bindparam("member_id"))


class Places:
    """How full a workshop is. Exact for whoever holds its lock, a snapshot for anybody else."""

    def __init__(self, workshop: Any):
        self.workshop = workshop
        self.taken: Counter[str] = Counter()
        self.waiting: Counter[str] = Counter()
        self.by_city: Counter[int] = Counter()
        for mode, city_id, state, number in db.session.execute(_taken_or_waiting(), {"wanted": workshop.id}):
            if state in HOLDING:
                self.taken[mode] += number
                self.by_city[city_id] += number
            elif state == "waitlisted":
                self.waiting[mode] += number

    def left(self, mode: str) -> int:
        """Free places, never below zero."""
        if mode not in self.workshop.places_offered:
            return 0
        return max(0, (self.workshop.capacity(mode) or 0) - self.taken[mode])

    def is_city_full(self, city_id: int | None) -> bool:
        """The hard rule "at most so many from one city" is met; members of the team belong to none."""
        most = (self.workshop.quota or {}).get("max_per_city")
        return bool(most and city_id and self.by_city[city_id] >= most)

    def has_one_for(self, registration: Registration) -> bool:
        return self.left(registration.mode) > 0 and not self.is_city_full(registration.city_id)

    def give(self, registration: Registration) -> None:
        registration.confirm()
        self.taken[registration.mode] += 1
        if registration.city_id:
            self.by_city[registration.city_id] += 1


class Registering:
    """What a workshop does with registrations. Mixed into Workshop."""

    def registration_of(self, member) -> Registration | None:
        """The member's living registration."""
        return db.session.scalar(_of_member(), {"wanted": self.id, "member_id": member.id})

    def register(self, member: Member, mode: str, language: str, nonce: str | None = None) -> Registration:
        """A place, or the next turn on the waiting list. Asking twice, or replaying a form, changes nothing.

        RegistrationClosed when it is too late; ValueError for a mode that is not offered.
        """
        hold(self)
        if earlier := self._answered(member, nonce):
            return earlier
        if not self.is_taking_registrations:
            raise RegistrationClosed
        if mode not in self.places_offered:
            raise ValueError(f"no {mode} places here")
        registration = Registration(
            workshop_id=self.id,
            member_id=member.id,
            city_id=member.seat.city_id if member.seat else None,
            mode=mode,
            language=language,
            nonce=nonce,
            state="waitlisted",
        )
        self._seat(registration)
        registration_made.send(registration=registration)
        return registration

    def _answered(self, member, nonce):
        """What this member has already, or what this very form was answered once, though withdrawn since."""
        replayed = select(Registration).where(
            Registration.workshop_id == self.id,
            Registration.member_id == member.id,
            or_(~among(Registration.state, GONE), Registration.nonce == nonce if nonce else text("1 = 0")),
        )
        return db.session.scalars(replayed.order_by(Registration.id.desc())).first()

    def _seat(self, registration):
        places = Places(self)
        db.session.add(registration)
        db.session.flush()
        if places.has_one_for(registration):
            places.give(registration)

    def fill_places(self) -> list[Registration]:
        """Free places go to those who wait, first come first served, passing over cities that are full."""
        hold(self)
        places, promoted = Places(self), []
        line = (
            select(Registration).filter_by(workshop_id=self.id, state="waitlisted").order_by(Registration.id)
        )
        for waiting in db.session.scalars(line) if places.waiting else ():
            if places.has_one_for(waiting):
                places.give(waiting)
                promoted.append(waiting)
        for registration in promoted:
            registration_promoted.send(registration=registration)
        return promoted

"""When something takes place: a schedule in one zone, with its sessions (practice.md 2.1, 3.2, 5).

A workshop or a visit has a schedule; it is not one. Sessions, and later attendance, hang on the schedule
by real keys, and personal calendars need to know nothing about what they belong to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.events.signals import schedule_retimed
from cityexchange.events.times import instant_of
from cityexchange.languages.models import Translatable


@dataclass(frozen=True)
class Slot:
    """A session as an organiser writes it: naive wall-clock times in the schedule's zone."""

    title: str
    wall_starts: datetime
    wall_ends: datetime
    session_id: int | None = None
    language: str = "en"


class Schedule(Timestamped, db.Model):
    """Sessions in one IANA zone. `starts_at` and `ends_at` repeat the first and last instant, for lists."""

    __tablename__ = "schedules"

    id: Mapped[int] = mapped_column(primary_key=True)
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    sequence: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    sessions: Mapped[list["EventSession"]] = relationship(
        back_populates="schedule", cascade="all, delete-orphan", order_by="EventSession.starts_at"
    )

    @property
    def held(self) -> list["EventSession"]:
        """The sessions that take place, in order."""
        return sorted((s for s in self.sessions if s.called_off_at is None), key=lambda s: s.starts_at)

    def plan(self, zone: str, slots: Iterable[Slot]) -> bool:
        """Makes these the sessions; whether a time changed. A slot with `session_id` moves that session.

        NoSuchTime where clocks skip a time. A session left out is deleted, or, once calendars may hold it,
        called off: they learn of it from the next file.
        """
        before = self._times()
        self.timezone = zone
        known: dict[int | None, EventSession] = {s.id: s for s in self.sessions if s.called_off_at is None}
        kept = [self._place(known.pop(slot.session_id, None), slot) for slot in slots]
        for session in known.values():
            self._drop(session)
        self._settle(kept)
        return self._note_change(before)

    def retime(self) -> bool:
        """Computes the instants again from the wall clocks, after a state has changed its zone's rules."""
        before, times = self._times(), {s.uid: (s.starts_at, s.ends_at) for s in self.held}
        for session in self.held:
            session.settle(self.timezone)
        self._settle(self.held)
        is_changed = self._note_change(before)
        if is_changed:
            schedule_retimed.send(schedule=self, before=times)
        return is_changed

    def publish(self) -> None:
        """From now on calendars hold these sessions."""
        self.published_at = self.published_at or utcnow()

    def renew_calendars(self) -> None:
        """Something that calendars show has changed: newer files must win (RFC 5545 3.8.7.4)."""
        self.sequence = (self.sequence or 0) + 1

    def _times(self):
        return sorted((s.uid, s.starts_at, s.ends_at) for s in self.held)

    def _place(self, session, slot):
        if session is None:
            session = EventSession(uid=str(uuid4()))
            self.sessions.append(session)
        session.title, session.language = slot.title, slot.language
        session.wall_starts, session.wall_ends = slot.wall_starts, slot.wall_ends
        session.settle(self.timezone)
        return session

    def _drop(self, session):
        if self.published_at:
            session.called_off_at = utcnow()
        else:
            self.sessions.remove(session)

    def _settle(self, kept):
        self.starts_at = min((s.starts_at for s in kept), default=None)
        self.ends_at = max((s.ends_at for s in kept), default=None)

    def _note_change(self, before):
        is_changed = self._times() != before
        if is_changed:
            self.renew_calendars()
        db.session.flush()
        return is_changed


class EventSession(Translatable, Timestamped, db.Model):
    """One sitting. The wall clock is what was promised; the instants follow from it and the zone."""

    translated_fields = ("title",)
    part_of = "schedule"
    read_with = "workshop"

    __tablename__ = "event_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="en")
    wall_starts: Mapped[datetime] = mapped_column(DateTime)
    wall_ends: Mapped[datetime] = mapped_column(DateTime)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]
    schedule: Mapped[Schedule] = relationship(back_populates="sessions")

    @property
    def workshop(self) -> Any:
        """Whose programme it is of (workshops/models.py)."""
        return self.schedule.workshop

    def settle(self, zone: str) -> None:
        self.starts_at = instant_of(self.wall_starts, zone)
        self.ends_at = instant_of(self.wall_ends, zone)

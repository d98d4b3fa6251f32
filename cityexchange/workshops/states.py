"""A workshop's way from an idea to its end, each step with who, when and why (practice.md 2.2, 3.2)."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db, utcnow
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.workshops.signals import workshop_moved

NEXT = {
    "draft": ("announced", "cancelled"),
    "announced": ("registration_open", "postponed", "cancelled"),
    "registration_open": ("registration_closed", "postponed", "cancelled"),
    "registration_closed": ("registration_open", "running", "postponed", "cancelled"),
    "running": ("completed", "cancelled"),
    "completed": ("evaluated",),
    "evaluated": (),
    "postponed": ("announced", "cancelled"),
    "cancelled": (),
}
STATES = tuple(NEXT)
NEXT_BY_CLOCK = NEXT | {"announced": ("registration_closed",)}
"""Registration that nobody ever opened closes with its deadline; nobody can close it by hand."""
OVER = ("completed", "evaluated", "cancelled")


class WrongState(Exception):
    """This step does not follow from where the workshop stands."""


class NotReady(Exception):
    """Something that people must know before they hear of the workshop is missing; `missing` says what."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


class StateChange(Translatable, db.Model):
    """One step: who took it (nobody: the clock), when, from where to where, and the reason given."""

    translated_fields = ("reason",)
    part_of = "workshop"

    __tablename__ = "workshop_state_changes"
    __table_args__ = (CheckConstraint(f"to_state IN {STATES}", name="to_state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    at: Mapped[datetime] = mapped_column(default=utcnow)
    workshop: Mapped[Any] = relationship("Workshop", back_populates="changes")
    author: Mapped[Member | None] = relationship()


class Moving:
    """The steps. Mixed into Workshop. A step taken twice is one step."""

    def announce(self, by: Member | None) -> None:
        """Everybody who may see it learns of it. NotReady while something of the checklist is missing."""
        if self.state != "announced":
            self._insist_on_readiness()
        self._move("announced", by)

    def open_registration(self, by: Member | None) -> None:
        if self.state != "registration_open":
            self._insist_on_readiness()
        self._move("registration_open", by)

    def close_registration(self, by: Member | None) -> None:
        self._move("registration_closed", by)

    def begin(self, by: Member | None) -> None:
        self._move("running", by)

    def complete(self, by: Member | None) -> None:
        self._move("completed", by)

    def postpone(self, by: Member | None, reason: str) -> None:
        """Everybody keeps their place; it is announced again once it has new dates."""
        self._move("postponed", by, reason)

    def cancel(self, by: Member | None, reason: str) -> None:
        self._move("cancelled", by, reason)

    def follow_the_clock(self, now: datetime) -> None:
        """Takes the steps that only wait for the time to come: what was announced takes place unless somebody says no."""
        self.lock()
        begins, ends, closes = self.schedule.starts_at, self.schedule.ends_at, self.registration_closes_at
        is_over = bool(ends and ends <= now)
        if self.state in ("announced", "registration_open") and (is_over or closes and closes <= now):
            self._move("registration_closed", None, ways=NEXT_BY_CLOCK)
        if self.state == "registration_closed" and begins and begins <= now:
            self.begin(None)
        if self.state == "running" and is_over:
            self.complete(None)

    def may_become(self, state: str) -> bool:
        return state == self.state or state in NEXT[self.state]

    def _insist_on_readiness(self):
        if missing := self.missing():
            raise NotReady(missing)

    def _move(self, state, by, reason="", ways=NEXT):
        self.lock()
        if state == self.state:
            return
        if state not in ways[self.state]:
            raise WrongState(f"{self.state} is not followed by {state}")
        change = StateChange(
            author_id=by.id if by else None,
            from_state=self.state,
            to_state=state,
            reason=reason,
            language=detect(reason, by.locale if by else self.language),
        )
        self.changes.append(change)
        self.state = state
        self.schedule.publish() if state == "announced" else self.schedule.renew_calendars()
        db.session.flush()
        workshop_moved.send(workshop=self, change=change)

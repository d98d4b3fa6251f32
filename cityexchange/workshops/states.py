"""A workshop's way from an idea to its end (practice.md 2.2, 3.2)."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db
from cityexchange.members.models import Member
from cityexchange.states.models import Change, HasStates
from cityexchange.workshops.signals import workshop_moved

NEXT = {
    "draft": ("announced", "cancelled"),
    # Registration that nobody ever opened closes with its deadline; nobody may close it by hand: see the policy.
    "announced": ("registration_open", "registration_closed", "postponed", "cancelled"),
    "registration_open": ("registration_closed", "postponed", "cancelled"),
    "registration_closed": ("registration_open", "running", "postponed", "cancelled"),
    "running": ("completed", "cancelled"),
    "completed": ("evaluated",),
    "evaluated": (),
    "postponed": ("announced", "cancelled"),
    "cancelled": (),
}
STATES = tuple(NEXT)
ENDED = ("completed", "evaluated", "cancelled")


class StateChange(Change, db.Model):
    """One step of a workshop."""

    part_of = "workshop"

    __tablename__ = "workshop_state_changes"
    __table_args__ = (CheckConstraint(f"to_state IN {STATES}", name="to_state"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    workshop: Mapped[Any] = relationship("Workshop", back_populates="changes")


class Moving(HasStates):
    """The steps. Mixed into Workshop. A step taken twice is one step."""

    ways = {state: (state, *following) for state, following in NEXT.items()}
    reasoned = ("postponed", "cancelled")

    def remember(self, **values: Any) -> StateChange:
        return StateChange(workshop=self, **values)

    def missing_for(self, state: str) -> list[str]:
        """Nobody hears of it, or registers, before all of the checklist is said."""
        return self.missing() if state in ("announced", "registration_open") else []

    def moved(self, change: StateChange) -> None:
        self.schedule.publish() if change.to_state == "announced" else self.schedule.renew_calendars()
        workshop_moved.send(workshop=self, change=change)

    def announce(self, by: Member | None) -> None:
        """Everybody who may see it learns of it. Incomplete while something of the checklist is missing."""
        self.become("announced", by)

    def open_registration(self, by: Member | None) -> None:
        self.become("registration_open", by)

    def close_registration(self, by: Member | None) -> None:
        self.become("registration_closed", by)

    def begin(self, by: Member | None) -> None:
        self.become("running", by)

    def complete(self, by: Member | None) -> None:
        self.become("completed", by)

    def postpone(self, by: Member | None, reason: str) -> None:
        """Everybody keeps their place; it is announced again once it has new dates."""
        self.become("postponed", by, reason)

    def cancel(self, by: Member | None, reason: str) -> None:
        self.become("cancelled", by, reason)

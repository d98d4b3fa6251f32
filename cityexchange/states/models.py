"""A record with a state: which may follow which, what a step needs, and a row for every step (practice.md 2.2)."""

from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from cityexchange.core.db import db, hold, utcnow
from cityexchange.languages.choices import languages_of
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translatable


class IllegalTransition(ValueError):
    """There is no way from the state it is in to the one asked for."""


class Incomplete(ValueError):
    """Something that the step needs is not there yet; `missing` holds the keys."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


class Change(Translatable):
    """One step: who took it (nobody: the clock), from where to where, why, and when. Mixed into the rows of a feature."""

    translated_fields = ("reason",)

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    at: Mapped[datetime] = mapped_column(default=utcnow)

    @declared_attr
    def actor(cls) -> Mapped[Any]:
        return relationship("Member")


Step = TypeVar("Step", bound=Change)


class HasStates(Generic[Step]):
    """Mixed into a model with a column `state`, and told the row that remembers a step. Who may take one its policy says; what
    follows from it, `moved`."""

    ways: ClassVar[dict[str, tuple[str, ...]]]
    """From each state to those that may follow. Where a state leads to itself, a step taken twice is one step."""
    reasoned: ClassVar[tuple[str, ...]] = ()
    """States that nothing comes to without a reason."""
    state: Any

    def remember(self, **values: Any) -> Step:
        """The row that remembers a step of this record."""
        raise NotImplementedError

    def missing_for(self, state: str) -> list[str]:
        """Keys of what it still lacks to become this."""
        return []

    def moved(self, change: Step) -> None:
        """What follows from a step, within the transaction: the record's own columns, then a signal."""

    def may_become(self, state: str) -> bool:
        return state in self.ways[self.state]

    def become(self, state: str, by: Any, reason: str = "") -> None:
        """One step, by a member or (None) by the clock. IllegalTransition also for the second of two at once; Incomplete; ValueError without a reason that is owed."""
        hold(self)
        if not self.may_become(state):
            raise IllegalTransition(f"{self.state} is not followed by {state}")
        if state != self.state:
            self._insist(state, reason.strip())
            self._step(state, by, reason.strip())

    def _insist(self, state, reason):
        if missing := self.missing_for(state):
            raise Incomplete(missing)
        if state in self.reasoned and not reason:
            raise ValueError(f"nothing becomes {state} without a reason")

    def _step(self, state, by, reason):
        actor_id, languages = (by.id, languages_of(by)) if by else (None, [])
        said = {"reason": reason, "language": detect(reason, languages)}
        change = self.remember(actor_id=actor_id, from_state=self.state, to_state=state, **said)
        self.state = state
        db.session.add(change)
        db.session.flush()
        self.moved(change)

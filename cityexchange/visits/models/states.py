"""States of a visit and of an application, and the ways between them (practice.md 2.2 and 3.1)."""

from datetime import datetime

from cityexchange.core.db import db, utcnow
from cityexchange.visits.models.change import VisitChange

VISIT_STATES = (
    "offer_draft",
    "offer_review",
    "call_open",
    "selecting",
    "selected",
    "preparing",
    "ready",
    "under_way",
    "reporting",
    "follow_up",
    "closed",
    "cancelled",
)
OFFERED = ("offer_draft", "offer_review")
FINAL = ("closed", "cancelled")
STAGES = {
    "offer": OFFERED,
    "call": ("call_open",),
    "before": ("selecting", "selected", "preparing", "ready"),
    "now": ("under_way",),
    "after": ("reporting", "follow_up"),
    "over": FINAL,
}
"""The states as readers think of them, in order."""
VISIT_WAYS = {
    state: {following, "cancelled"}
    for state, following in zip(VISIT_STATES, VISIT_STATES[1:-1], strict=False)
}
VISIT_WAYS["offer_review"] |= {"offer_draft"}
VISIT_WAYS |= {state: set() for state in FINAL}

APPLICATION_STATES = (
    "draft",
    "submitted",
    "endorsed",
    "eligible",
    "ineligible",
    "shortlisted",
    "selected",
    "reserve",
    "not_selected",
    "withdrawn",
)
EDITABLE = ("draft", "submitted", "endorsed")
APPLICATION_WAYS = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"endorsed", "eligible", "ineligible", "withdrawn"},
    "endorsed": {"submitted", "eligible", "ineligible", "withdrawn"},
    "eligible": {"shortlisted", "selected", "reserve", "not_selected", "withdrawn"},
    "shortlisted": {"selected", "reserve", "not_selected", "withdrawn"},
    "selected": {"withdrawn"},
    "reserve": {"selected", "not_selected", "withdrawn"},
    "ineligible": set(),
    "not_selected": set(),
    "withdrawn": set(),
}


class IllegalTransition(ValueError):
    """From the state it is in there is no way to the one asked for."""


class Incomplete(ValueError):
    """Something required is not there yet; `missing` holds the keys."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


class HasStates:
    """A record with a state, the ways out of each, and a row for every change."""

    WAYS: dict[str, set[str]]
    state: str

    def may_become(self, state: str) -> bool:
        return state in self.WAYS[self.state]

    def become(self, state: str, by, reason: str = "", at: datetime | None = None) -> VisitChange:
        """Writes the change and tells it. IllegalTransition when there is no such way, also for the second of two at once."""
        # The row is locked and its state read anew: two people pressing at once must not both succeed.
        db.session.flush()
        db.session.refresh(self, ["state"], with_for_update=True)
        if not self.may_become(state):
            raise IllegalTransition(f"{self.state} -> {state}")
        change = VisitChange(
            from_state=self.state, to_state=state, actor=by, at=at or utcnow(), **self.dossier
        )
        change.explain(reason)
        self.state = state
        db.session.add(change)
        db.session.flush()
        self.announce(change)
        return change

    @property
    def dossier(self) -> dict[str, int]:
        """The ids under which a change of this record is filed."""
        raise NotImplementedError

    def announce(self, change: VisitChange) -> None:
        raise NotImplementedError

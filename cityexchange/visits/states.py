"""The ways of a visit and of an application to it, and the rows that remember them (practice.md 2.2 and 3.1)."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db
from cityexchange.states.models import Change

VISIT_WAYS = {
    "offer_draft": ("offer_review", "cancelled"),
    "offer_review": ("call_open", "offer_draft", "cancelled"),
    "call_open": ("selecting", "cancelled"),
    "selecting": ("selected", "cancelled"),
    "selected": ("preparing", "cancelled"),
    "preparing": ("ready", "cancelled"),
    "ready": ("under_way", "cancelled"),
    "under_way": ("reporting", "cancelled"),
    "reporting": ("follow_up", "cancelled"),
    "follow_up": ("closed", "cancelled"),
    "closed": (),
    "cancelled": (),
}
VISIT_STATES = tuple(VISIT_WAYS)
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

APPLICATION_WAYS = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("submitted", "endorsed", "eligible", "ineligible", "withdrawn"),
    "endorsed": ("submitted", "eligible", "ineligible", "withdrawn"),
    "eligible": ("shortlisted", "selected", "reserve", "not_selected", "withdrawn"),
    "ineligible": (),
    "shortlisted": ("selected", "reserve", "not_selected", "withdrawn"),
    "selected": ("withdrawn",),
    "reserve": ("selected", "not_selected", "withdrawn"),
    "not_selected": (),
    "withdrawn": (),
}
APPLICATION_STATES = tuple(APPLICATION_WAYS)
EDITABLE = ("draft", "submitted", "endorsed")


class VisitChange(Change, db.Model):
    """One step of the dossier: of the visit itself, or of one application to it."""

    __tablename__ = "visit_changes"

    visit_id: Mapped[int] = mapped_column(ForeignKey("study_visits.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("visit_applications.id", ondelete="CASCADE"), index=True
    )
    visit: Mapped[Any] = relationship("StudyVisit")
    application: Mapped[Any | None] = relationship("VisitApplication")

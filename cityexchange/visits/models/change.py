from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from cityexchange.core.db import db, utcnow
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member


class VisitChange(Translatable, db.Model):
    """One step of the dossier: who brought the visit, or one application to it, from which state to which, and why."""

    translated_fields = ("reason",)

    __tablename__ = "visit_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("study_visits.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("visit_applications.id", ondelete="CASCADE"), index=True
    )
    from_state: Mapped[str] = mapped_column(String(32))
    to_state: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    reason_language: Mapped[str | None] = mapped_column(String(12))
    language: Mapped[str | None] = synonym("reason_language")
    at: Mapped[datetime] = mapped_column(default=utcnow)
    actor: Mapped[Member | None] = relationship()
    visit: Mapped[Any] = relationship("StudyVisit")
    application: Mapped[Any | None] = relationship("VisitApplication")

    def explain(self, reason: str) -> None:
        """The reason in the words of who acts."""
        self.reason = reason.strip()
        if self.reason:
            self.reason_language = detect(self.reason, self.actor.locale if self.actor else "en")

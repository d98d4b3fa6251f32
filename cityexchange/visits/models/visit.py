"""A study visit from the host's offer to the call for participants (practice.md 3.1, phases 1 to 3)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.versions import Versioned
from cityexchange.languages.choices import languages_of
from cityexchange.languages.models import Translatable
from cityexchange.members.models import Member
from cityexchange.states.models import HasStates, IllegalTransition
from cityexchange.themes.models import Theme
from cityexchange.visits.models.offer import BLANK, INTERPRETATION, MODES, HostOffer, OfferText, VisitSite
from cityexchange.visits.models.parts import language_of
from cityexchange.visits.signals import visit_changed, visit_endorsed
from cityexchange.visits.states import STAGES, VISIT_STATES, VISIT_WAYS, VisitChange

CALL_WEEKS = 4
"""A call is open for at least so many weeks (practice.md 3.1, phase 3)."""


class StudyVisit(HostOffer, HasStates[VisitChange], Translatable, Versioned, db.Model):
    """`starts_on` and `ends_on` are days in the host's `timezone`; `call_deadline` is an instant.

    `criteria` maps each of CRITERIA to its weight; a complete offer's weights sum to 100.
    """

    translated_fields = ("title",)
    translated_parts = ("texts", "sites")
    shows = ("host_city.called",)

    __tablename__ = "study_visits"
    __table_args__ = (
        CheckConstraint(f"state IN {VISIT_STATES}", name="state"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        CheckConstraint(f"interpretation IN {INTERPRETATION}", name="interpretation"),
        CheckConstraint("5 <= group_min AND group_min <= group_max AND group_max <= 12", name="group"),
        CheckConstraint("per_city IN (1, 2)", name="per_city"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_study_visits_state_starts_on", "state", "starts_on"),
    )
    ways = VISIT_WAYS
    reasoned = ("cancelled",)

    id: Mapped[int] = mapped_column(primary_key=True)
    host_city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="RESTRICT"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    language: Mapped[str] = mapped_column(String(12), default="en")
    state: Mapped[str] = mapped_column(String(32), default="offer_draft")
    mode: Mapped[str] = mapped_column(String(32), default="in_person")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    timezone: Mapped[str] = mapped_column(String(64))
    group_min: Mapped[int] = mapped_column(default=5)
    group_max: Mapped[int] = mapped_column(default=10)
    per_city: Mapped[int] = mapped_column(default=2)
    working_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interpretation: Mapped[str] = mapped_column(String(32), default="none")
    interpretation_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    criteria: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    call_deadline: Mapped[datetime | None] = mapped_column(index=True)
    call_opened_at: Mapped[datetime | None]
    offered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    endorsed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    endorsed_at: Mapped[datetime | None]
    is_illustrative: Mapped[bool] = mapped_column(default=False)

    host_city: Mapped[City] = relationship(lazy="joined")
    theme: Mapped[Theme | None] = relationship(lazy="joined")
    offered_by: Mapped[Member | None] = relationship(foreign_keys=[offered_by_id])
    endorsed_by: Mapped[Member | None] = relationship(foreign_keys=[endorsed_by_id])
    sites: Mapped[list["VisitSite"]] = relationship(
        back_populates="visit", cascade="all, delete-orphan", order_by="VisitSite.position"
    )
    texts: Mapped[list["OfferText"]] = relationship(cascade="all, delete-orphan", order_by="OfferText.id")

    @classmethod
    def blank(cls, host_city: City | None) -> "StudyVisit":
        """An offer not yet made, as its form first shows it, in the city's time zone."""
        zone = host_city.timezone if host_city else "UTC"
        lists: dict[str, Any] = {"working_languages": [], "interpretation_languages": [], "criteria": {}}
        return cls(host_city=host_city, timezone=zone, title="", state="offer_draft", **BLANK, **lists)

    @classmethod
    def offer(cls, by: Member, title: str, host_city: City | None = None) -> "StudyVisit":
        """A new draft of the member's own city (or of `host_city`)."""
        visit = cls.blank(host_city or by.city)
        visit.title, visit.offered_by = title.strip(), by
        visit.language = language_of([title], None, languages_of(by))
        db.session.add(visit)
        db.session.flush()
        return visit

    def remember(self, **values: Any) -> VisitChange:
        return VisitChange(visit_id=self.id, **values)

    def moved(self, change: VisitChange) -> None:
        visit_changed.send(visit=self, change=change)

    def missing_for(self, state: str) -> list[str]:
        if state == "selecting":
            # Never before the deadline: applicants may edit until then.
            return [] if self.is_past_deadline() else ["deadline_passed"]
        lacking = {"offer_review": self.missing, "call_open": self.obstacles_to_call}
        return lacking[state]() if state in lacking else []

    def submit(self, by: Member) -> None:
        """Hands the offer to the coordinators. Incomplete while missing() holds anything."""
        self.become("offer_review", by)

    def endorse(self, by: Member) -> None:
        """The host city stands behind the offer: said by its focal point, once, during the review."""
        if self.state != "offer_review" or self.endorsed_at:
            raise IllegalTransition(f"{self.state} cannot be endorsed")
        self.endorsed_by, self.endorsed_at = by, utcnow()
        db.session.flush()
        visit_endorsed.send(visit=self)

    def send_back(self, by: Member, reason: str) -> None:
        """To the host for changes, with the reason; what is changed has to be endorsed again."""
        self.become("offer_draft", by, reason)
        self.endorsed_by = self.endorsed_at = None

    def open_call(self, by: Member) -> None:
        """Incomplete without the focal point's endorsement or with fewer than CALL_WEEKS until the deadline."""
        self.become("call_open", by)
        self.call_opened_at = utcnow()

    def obstacles_to_call(self) -> list[str]:
        """Keys of what stands between this reviewed offer and its public call."""
        weeks = timedelta(weeks=CALL_WEEKS)
        is_too_late = not self.call_deadline or self.call_deadline < utcnow() + weeks
        return (["endorsement"] if not self.endorsed_at else []) + (["call_weeks"] if is_too_late else [])

    def close_call(self, by: Member | None) -> None:
        self.become("selecting", by)

    def is_past_deadline(self) -> bool:
        return bool(self.call_deadline and self.call_deadline < utcnow())

    @property
    def is_call_running(self) -> bool:
        return self.state == "call_open" and not self.is_past_deadline()

    def advance(self, to: str, by: Member | None) -> None:
        """One step further, along the states of the practice. Offers, calls and cancelling have their own verbs."""
        if to in ("offer_draft", "offer_review", "call_open", "selecting", "cancelled"):
            raise ValueError(f"{to} has a verb of its own")
        self.become(to, by)

    def cancel(self, by: Member, reason: str) -> None:
        """From any state but the last ones."""
        self.become("cancelled", by, reason)

    @property
    def stage(self) -> str:
        return next(stage for stage, states in STAGES.items() if self.state in states)

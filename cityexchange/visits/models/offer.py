"""What a host city offers (practice.md 3.1, phase 2; US21)."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db
from cityexchange.languages.models import Translatable, Written
from cityexchange.themes.models import Theme
from cityexchange.visits.models.parts import language_of, put

MODES = ("in_person", "hybrid", "online")
INTERPRETATION = ("none", "whisper", "consecutive", "simultaneous")
OFFER_PARTS = ("question", "shown", "failure", "cost", "access", "safety", "reception")
"""What the host writes: the question the visit answers, what visitors see, one thing that did not work,
who pays what, access, safety, and who receives (practice.md 3.1, phase 2)."""
OFFER_COLUMNS = {"title", "theme", "mode", "starts_on", "ends_on", "group_min", "group_max", "per_city"} | {
    "working_languages",
    "interpretation",
    "interpretation_languages",
    "criteria",
    "is_illustrative",
}
BLANK = {"mode": "in_person", "interpretation": "none", "group_min": 5, "group_max": 10, "per_city": 2}
CRITERIA = ("goals", "power_to_act", "balance", "follow_up")


class VisitSite(Translatable, db.Model):
    """A place that visitors see, in the order of the programme; its name is in the visit's language."""

    translated_fields = ("name",)
    read_with = "visit"

    __tablename__ = "visit_sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("study_visits.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    visit: Mapped[Any] = relationship("StudyVisit", back_populates="sites")

    @property
    def language(self) -> str:
        return self.visit.language


class OfferText(Written, db.Model):
    """One part of the host's offer, readable in other languages by itself."""

    read_with = "visit"

    __tablename__ = "offer_texts"
    __table_args__ = (
        UniqueConstraint("visit_id", "part"),
        CheckConstraint(f"part IN {OFFER_PARTS}", name="part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("study_visits.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(32))


class HostOffer:
    """The writing of the offer: for StudyVisit, whose columns and relationships it fills."""

    title: str
    language: str
    timezone: str
    theme_id: int | None
    theme: Theme | None
    starts_on: date | None
    ends_on: date | None
    working_languages: list[str]
    criteria: dict[str, int]
    call_deadline: datetime | None
    sites: list[VisitSite]
    texts: list[OfferText]

    def revise(
        self,
        sites: Sequence[str] = (),
        texts: dict[str, str] | None = None,
        closes_on: date | None = None,
        language: str | None = None,
        **values: Any,
    ) -> None:
        """Replaces the named OFFER_COLUMNS, the sites in order, and the OFFER_PARTS of `texts`.

        Without a language it is found from the text. The call closes at 23:59 of `closes_on` in the host's time.
        """
        for name in values.keys() & OFFER_COLUMNS:
            setattr(self, name, values.pop(name))
        if unknown := values.keys() | (texts or {}).keys() - set(OFFER_PARTS):
            raise ValueError(f"no part of an offer: {sorted(unknown)}")
        self._list_sites(sites)
        self._close_on(closes_on)
        self._write(texts or {}, language)
        db.session.flush()

    def _write(self, texts, language):
        known = {text.part: text for text in self.texts}
        self.language = language_of([self.title, *texts.values()], language, [self.language])
        for part, text in texts.items():
            put(self.texts, known.get(part) or OfferText(part=part), text, self.language)

    def _list_sites(self, names):
        names = [name.strip() for name in names if name.strip()]
        del self.sites[len(names) :]
        for position, name in enumerate(names):
            if position == len(self.sites):
                self.sites.append(VisitSite(position=position))
            self.sites[position].name = name

    def _close_on(self, day):
        zone = ZoneInfo(self.timezone)
        self.call_deadline = datetime.combine(day, time(23, 59), zone) if day else None

    @property
    def last_day_of_call(self) -> date | None:
        return self.call_deadline and self.call_deadline.astimezone(ZoneInfo(self.timezone)).date()

    def missing(self) -> list[str]:
        """What the offer still lacks before it can be reviewed (US21), as keys; empty when complete."""
        written = {text.part for text in self.texts}
        needed = {
            "theme": self.theme_id or self.theme,
            "dates": self.starts_on and self.ends_on,
            "sites": self.sites,
            "languages": self.working_languages,
            "criteria": sum(self.criteria.values()) == 100,
            "deadline": self._is_deadline_before_visit(),
        }
        return [key for key, is_there in needed.items() if not is_there] + [
            part for part in OFFER_PARTS if part not in written
        ]

    def _is_deadline_before_visit(self):
        last_day = self.last_day_of_call
        return bool(last_day and (self.starts_on is None or last_day < self.starts_on))

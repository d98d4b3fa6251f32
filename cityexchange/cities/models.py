"""A city, its dated declaration of kind, and what it needs and offers by theme (practice.md 2.1, 2.4)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from cityexchange.cities.paved import Paved
from cityexchange.cities.signals import city_stepped_out
from cityexchange.cities.sizes import size_band
from cityexchange.core import audit
from cityexchange.core.called import CalledInLanguages
from cityexchange.core.db import db, on_change, utcnow
from cityexchange.core.versions import Versioned
from cityexchange.languages.detection import detect
from cityexchange.languages.models import Translatable
from cityexchange.themes.models import Theme

KINDS = (
    "traditional", "recent", "re_emerging", "transit", "origin", "return", "displacement_host", "internal", "mixed",
)  # fmt: skip
BASES = ("register", "survey", "judgement")
"""What a declaration of kind rests on: a census or register, a survey or estimate, the city's own judgement."""
STATES = ("draft", "applied", "verified", "active", "dormant", "suspended", "left")
TAKING_PART = ("verified", "active", "dormant")
REGIONS = ("africa", "arab_states", "asia_pacific", "europe", "latin_america", "north_america")


FRESH_FOR = timedelta(days=730)


class City(Paved, CalledInLanguages, Translatable, Versioned, db.Model):
    """A local authority. `kind_primary` repeats the newest declaration, for lists and filters. One that goes has left, by its state:
    its row cannot be deleted while visits or applications name it."""

    translated_fields = ("about",)
    translated_parts = ("declarations",)

    __tablename__ = "cities"
    audited = ("state", "incomplete_since")
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("uq_cities_geonameid", "geonameid", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    geonameid: Mapped[int | None]
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str] = mapped_column(String(40))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    working_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind_primary: Mapped[str | None] = mapped_column(String(32), index=True)
    kinds_other: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(16), default="draft", index=True)
    incomplete_since: Mapped[date | None]
    """The day on which it lost what made it active. Its people go on for a while: see membership/activation.py."""
    about: Mapped[str] = mapped_column(Text, default="")
    about_language: Mapped[str] = mapped_column(String(12), default="en")
    language: Mapped[str] = synonym("about_language")
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    declarations: Mapped[list["KindDeclaration"]] = relationship(
        back_populates="city", cascade="all, delete-orphan", order_by="KindDeclaration.id.desc()"
    )
    interests: Mapped[list["Interest"]] = relationship(back_populates="city", cascade="all, delete-orphan")

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def lets_write(self) -> bool:
        """Its people do what officials do."""
        return self.is_active or (self.state == "verified" and self.incomplete_since is not None)

    @property
    def takes_part(self) -> bool:
        return self.state in TAKING_PART

    @property
    def size_band(self) -> str:
        return size_band(self.population)

    @property
    def declaration(self) -> "KindDeclaration | None":
        """The one that counts."""
        return self.declarations[0] if self.declarations else None

    def become(self, state: str, verb: str, **facts: Any) -> None:
        """`verb` is what did it: with `facts` it stands in the audit, for the rights of all its people go with its state."""
        before, self.state = self.state, state
        audit.record(verb, self, before=before, after=state, **facts)

    def describe(
        self, about: str, working_languages: list[str], language: str | None, languages: Sequence[str] = ()
    ) -> None:
        """Unless `language` says which one the text is in, the words do, as soon as they are others."""
        if language or about != self.about:
            self.about_language = language or detect(about, languages)
        self.about, self.working_languages = about, working_languages

    def declare_kind(self, primary: str, others: Iterable[str] = (), **words: str) -> "KindDeclaration":
        """A dated self-declaration; earlier ones are kept. `words`: why, evidence, evidence_url, basis, language.

        ValueError for a kind that practice.md 2.4 lacks.
        """
        others = [kind for kind in others if kind != primary]
        if unknown := {primary, *others} - set(KINDS):
            raise ValueError(f"unknown kinds: {sorted(unknown)}")
        self.kind_primary, self.kinds_other = primary, others
        declaration = KindDeclaration(primary=primary, others=others, **words)
        self.declarations.insert(0, declaration)
        return declaration

    def need(self, theme: Theme) -> None:
        self._interest("need", theme).is_by_hand = True

    def offer(self, theme: Theme) -> None:
        self._interest("offer", theme).is_by_hand = True

    def name_interests(self, side: str, themes: Collection[Theme]) -> None:
        """What the city names by itself on one side ("need", "offer"): these themes and no others."""
        self._keep(side, "is_by_hand", themes)

    def take_over(self, side: str, themes: Collection[Theme]) -> None:
        """What follows from a self-assessment; what the city named by itself stays."""
        self._keep(side, "is_assessed", themes)

    def _keep(self, side, reason, themes):
        for theme in themes:
            self._interest(side, theme)
        for interest in [one for one in self.interests if one.side == side]:
            setattr(interest, reason, interest.theme in themes)
            if not (interest.is_by_hand or interest.is_assessed):
                self.interests.remove(interest)
        self.updated_at = utcnow()

    def _interest(self, side, theme):
        for interest in self.interests:
            if interest.side == side and interest.theme is theme:
                return interest
        self.interests.append(
            interest := Interest(side=side, theme=theme, is_by_hand=False, is_assessed=False)
        )
        return interest

    def interests_in(self, side: str) -> list["Interest"]:
        """In the order of the taxonomy."""
        return sorted(
            (one for one in self.interests if one.side == side), key=lambda one: one.theme.position or 0
        )

    @property
    def needs(self) -> list[Theme]:
        return [interest.theme for interest in self.interests_in("need")]

    @property
    def offers(self) -> list[Theme]:
        return [interest.theme for interest in self.interests_in("offer")]


@on_change(City.state)
def _say_that_it_takes_part_no_more(city, before, after):
    """Its people read what officials read only as long as the city takes part."""
    if before == "active":
        city_stepped_out.send(city=city)


class KindDeclaration(Translatable, db.Model):
    """What kind of immigration city it said to be, when and why: never a rank (K2)."""

    translated_fields = ("why", "evidence")

    __tablename__ = "kind_declarations"
    __table_args__ = (CheckConstraint(f"basis IN {BASES}", name="basis"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    primary: Mapped[str] = mapped_column(String(32))
    others: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[str] = mapped_column(String(300), default="")
    evidence: Mapped[str] = mapped_column(String(500), default="")
    evidence_url: Mapped[str] = mapped_column(String(500), default="")
    basis: Mapped[str] = mapped_column(String(16), default="judgement")
    language: Mapped[str] = mapped_column(String(12), default="en")
    declared_at: Mapped[datetime] = mapped_column(default=utcnow)
    city: Mapped[City] = relationship(back_populates="declarations")

    @property
    def is_old(self) -> bool:
        """Whether it is time to ask whether it still holds (practice.md 2.4: 24 months)."""
        return utcnow() - self.declared_at > FRESH_FOR


class Interest(db.Model):
    """A theme that a city needs help with, or can offer experience in: named by the city, found by its self-assessment, or both."""

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("city_id", "theme_id", "side"),
        CheckConstraint("side IN ('need', 'offer')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(8))
    is_by_hand: Mapped[bool] = mapped_column(default=True)
    is_assessed: Mapped[bool] = mapped_column(default=False)
    city: Mapped[City] = relationship(back_populates="interests")
    theme: Mapped[Theme] = relationship(lazy="joined")

"""A city, its dated declaration of kind, and what it needs and offers by theme (practice.md 2.1, 2.4)."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from cityexchange.cities.signals import city_renamed, city_stepped_out
from cityexchange.core.db import Timestamped, db, on_change, utcnow
from cityexchange.languages.models import Translatable
from cityexchange.themes.models import Theme

KINDS = (
    "traditional",
    "recent",
    "re_emerging",
    "transit",
    "origin",
    "return",
    "displacement_host",
    "internal",
    "mixed",
)
STATES = ("draft", "applied", "verified", "active", "dormant", "suspended", "left")
REGIONS = ("africa", "arab_states", "asia_pacific", "europe", "latin_america", "north_america")


class City(Translatable, Timestamped, db.Model):
    """A local authority. `kind_primary` repeats the newest declaration, for lists and filters."""

    translated_fields = ("about",)

    __tablename__ = "cities"
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

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
    about: Mapped[str] = mapped_column(Text, default="")
    about_language: Mapped[str] = mapped_column(String(12), default="en")
    language: Mapped[str] = synonym("about_language")
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    declarations: Mapped[list["KindDeclaration"]] = relationship(
        back_populates="city", cascade="all, delete-orphan", order_by="KindDeclaration.declared_at"
    )
    interests: Mapped[list["Interest"]] = relationship(back_populates="city", cascade="all, delete-orphan")

    @property
    def is_active(self) -> bool:
        return self.state == "active"

    @property
    def display_name(self) -> str:
        return self.name

    def declare_kind(self, primary: str, others: tuple[str, ...] = (), why: str = "") -> "KindDeclaration":
        """A dated self-declaration; earlier ones are kept. ValueError for a kind that practice.md 2.4 lacks."""
        if unknown := {primary, *others} - set(KINDS):
            raise ValueError(f"unknown kinds: {sorted(unknown)}")
        self.kind_primary, self.kinds_other = primary, list(others)
        declaration = KindDeclaration(primary=primary, others=list(others), why=why)
        self.declarations.append(declaration)
        return declaration

    def need(self, theme: Theme) -> None:
        self._add_interest("need", theme)

    def offer(self, theme: Theme) -> None:
        self._add_interest("offer", theme)

    def _add_interest(self, side, theme):
        if not any(i.side == side and i.theme is theme for i in self.interests):
            self.interests.append(Interest(side=side, theme=theme))

    @property
    def needs(self) -> list[Theme]:
        return [interest.theme for interest in self.interests if interest.side == "need"]

    @property
    def offers(self) -> list[Theme]:
        return [interest.theme for interest in self.interests if interest.side == "offer"]


@on_change(City.name, City.slug)
def _say_that_the_name_changed(city, before, after):
    """Pages are kept in memory with the names of the cities that spoke."""
    city_renamed.send(city=city)


@on_change(City.state)
def _say_that_it_takes_part_no_more(city, before, after):
    """Its people read what officials read only as long as the city takes part."""
    if before == "active":
        city_stepped_out.send(city=city)


class KindDeclaration(db.Model):
    """What kind of immigration city it said to be, and when: never a rank (K2)."""

    __tablename__ = "kind_declarations"

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    primary: Mapped[str] = mapped_column(String(32))
    others: Mapped[list[str]] = mapped_column(JSON, default=list)
    why: Mapped[str] = mapped_column(String(300), default="")
    declared_at: Mapped[datetime] = mapped_column(default=utcnow)
    city: Mapped[City] = relationship(back_populates="declarations")


class Interest(db.Model):
    """A theme that a city needs help with, or can offer experience in."""

    __tablename__ = "interests"
    __table_args__ = (
        UniqueConstraint("city_id", "theme_id", "side"),
        CheckConstraint("side IN ('need', 'offer')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(8))
    city: Mapped[City] = relationship(back_populates="interests")
    theme: Mapped[Theme] = relationship(lazy="joined")

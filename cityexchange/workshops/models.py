"""A workshop: what is taught to whom, where and when, in which languages, with how many places (practice.md 3.2)."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import JSON, CheckConstraint, Column, Date, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship, validates

from cityexchange.cities.models import City
from cityexchange.core.db import db, utcnow
from cityexchange.core.versions import Versioned
from cityexchange.events.models import Schedule
from cityexchange.events.times import end_of_day, wall_of
from cityexchange.languages.models import Translatable, Written
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from cityexchange.themes.models import Theme
from cityexchange.workshops.amendments import Amending
from cityexchange.workshops.checklist import missing_from
from cityexchange.workshops.registrations import PLACES, Places, Registering, Registration
from cityexchange.workshops.signals import workshop_moved
from cityexchange.workshops.states import STATES, Moving, StateChange

SCOPES = ("regional", "international")
MODES = ("in_person", "online", "hybrid", "blended")
PLACES_OF_MODE = {
    "in_person": ("in_person",),
    "online": ("online",),
    "hybrid": PLACES,
    "blended": PLACES,
}

workshop_themes = Table(
    "workshop_themes",
    db.metadata,
    Column("workshop_id", ForeignKey("workshops.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Workshop(Moving, Amending, Registering, Written, Versioned, db.Model):
    """`text` is its description. None in `scope`, `mode`, `quota`, `interpretation` means: not said yet."""

    translated_fields = (
        "title",
        "text",
        "audience",
        "venue",
        "cost_statement",
        "accessibility_note",
        "data_notice",
    )
    translated_parts = ("objectives", "schedule.held")
    shows = ("schedule", "host_city.called", "host_city.slug", "space")

    __tablename__ = "workshops"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"scope IN {SCOPES}", name="scope"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        CheckConstraint("capacity_in_person > 0", name="capacity_in_person"),
        CheckConstraint("capacity_online > 0", name="capacity_online"),
        Index("ix_workshops_state_closes", "state", "registration_closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str | None] = mapped_column(String(16))
    regions: Mapped[list[str]] = mapped_column(JSON, default=list)
    mode: Mapped[str | None] = mapped_column(String(16))
    host_city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="SET NULL"), index=True)
    venue: Mapped[str] = mapped_column(String(300), default="")
    joining_link: Mapped[str] = mapped_column(String(500), default="")
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedules.id", ondelete="RESTRICT"), unique=True)
    working_languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    interpretation: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    audience: Mapped[str] = mapped_column(Text, default="")
    cost_statement: Mapped[str] = mapped_column(Text, default="")
    accessibility_note: Mapped[str] = mapped_column(Text, default="")
    data_notice: Mapped[str] = mapped_column(Text, default="")
    capacity_in_person: Mapped[int | None]
    capacity_online: Mapped[int | None]
    quota: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    registration_until: Mapped[date | None] = mapped_column(Date)
    registration_closes_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(32), default="draft")
    organiser_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    # Threat: a workshop of a closed space must never lose its space and become public.
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    schedule: Mapped[Schedule] = relationship(
        cascade="all, delete-orphan", single_parent=True, backref=backref("workshop", uselist=False)
    )
    host_city: Mapped[City | None] = relationship()
    organiser: Mapped[Member | None] = relationship()
    # The database takes the workshops of a space alone, and leaves their schedules, which do not name them.
    space: Mapped[Space | None] = relationship(backref=backref("workshops", cascade="all"))
    themes: Mapped[list[Theme]] = relationship(secondary=workshop_themes, order_by=Theme.position)
    objectives: Mapped[list["LearningObjective"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="LearningObjective.position"
    )
    changes: Mapped[list[StateChange]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by=StateChange.id
    )
    registrations: Mapped[list[Registration]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", passive_deletes=True, lazy="write_only"
    )

    @validates("joining_link")
    def _insist_on_web_address(self, _key, link):
        if link and urlsplit(link).scheme not in ("https", "http"):
            raise ValueError("a joining link begins with https://")
        return link

    @property
    def timezone(self) -> str:
        return self.schedule.timezone

    @property
    def places_offered(self) -> tuple[str, ...]:
        """The kinds of place one can register for: "in_person", "online", or both."""
        return tuple(place for place in PLACES_OF_MODE.get(self.mode or "", ()) if self.capacity(place))

    @property
    def languages_offered(self) -> list[str]:
        """What participants can follow it in: working languages, then what interpreters add."""
        added = [code for pair in self.interpretation or () for code in pair]
        return list(dict.fromkeys([*self.working_languages, *added]))

    @property
    def end_of_first_day(self) -> datetime:
        return end_of_day(wall_of(self.schedule.held[0].starts_at, self.timezone).date(), self.timezone)

    @property
    def is_taking_registrations(self) -> bool:
        """Open, and the deadline has not passed in the zone of the event."""
        is_in_time = self.registration_closes_at is None or utcnow() < self.registration_closes_at
        return self.state == "registration_open" and is_in_time

    @property
    def last_change(self) -> StateChange | None:
        return self.changes[-1] if self.changes else None

    def capacity(self, place: str) -> int | None:
        return self.capacity_in_person if place == "in_person" else self.capacity_online

    def moved(self, change: StateChange) -> None:
        if change.to_state == "announced":
            self.schedule.publish()
        if change.from_state != "draft":
            self.schedule.renew_calendars()
        workshop_moved.send(workshop=self, change=change)

    def missing(self) -> list[str]:
        """What still keeps it from being announced (US15)."""
        return missing_from(self)

    def aim_at(self, lines: list[str]) -> None:
        """Makes these the learning objectives; one that is merely moved or reworded keeps its identity."""
        lines = [line.strip() for line in lines if line.strip()]
        while len(self.objectives) > len(lines):
            self.objectives.pop()
        while len(self.objectives) < len(lines):
            self.objectives.append(LearningObjective())
        for position, (row, line) in enumerate(zip(self.objectives, lines, strict=True)):
            row.position, row.title, row.language = position, line, self.language

    def register_until(self, day: date | None) -> None:
        """The last day of registration, to its end in the zone of the event."""
        self.registration_until = day
        self.registration_closes_at = end_of_day(day, self.timezone) if day else None

    def meet(self, zone: str, slots) -> None:
        """Plans the sessions; who holds a place hears of new times. NoSuchTime for a time that clocks skip."""
        with self.amending(None):
            self.schedule.plan(zone, slots)
            self.register_until(self.registration_until)

    @property
    def is_overbooked(self) -> bool:
        """More people hold a place than there are: nobody may lose one by an edit."""
        taken = Places(self).taken
        room = {place: self.capacity(place) or 0 for place in self.places_offered}
        return any(number > room.get(place, 0) for place, number in taken.items())


class LearningObjective(Translatable, db.Model):
    """What a participant will be able to do afterwards; evaluation asks about each (US15, level 2)."""

    translated_fields = ("title",)
    part_of = "workshop"

    __tablename__ = "learning_objectives"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(12), default="en")
    workshop: Mapped[Workshop] = relationship(back_populates="objectives")

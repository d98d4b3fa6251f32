"""An official's application to a study visit (practice.md 3.1, phase 4; US22)."""

import re
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import Timestamped, db, hold, utcnow
from cityexchange.languages.choices import languages_of
from cityexchange.languages.models import Written
from cityexchange.members.models import Member
from cityexchange.states.models import HasStates
from cityexchange.visits.models.parts import language_of, put
from cityexchange.visits.models.visit import StudyVisit
from cityexchange.visits.signals import application_changed
from cityexchange.visits.states import APPLICATION_STATES, APPLICATION_WAYS, EDITABLE, VisitChange

APPLICATION_PARTS = ("motivation", "power_to_act", "gives_back", "travellers")
GOALS = 3
MOTIVATION_WORDS = 300
IDEOGRAPH = re.compile(r"[぀-ヿ㐀-鿿]")


def word_count(text: str) -> int:
    """Words between spaces; in scripts without spaces two characters count as a word."""
    ideographs = len(IDEOGRAPH.findall(text))
    return len(IDEOGRAPH.sub(" ", text).split()) + ceil(ideographs / 2)


class VisitApplication(HasStates[VisitChange], Timestamped, db.Model):
    """One living application a member and visit. It speaks for the city the applicant sat in when it was begun."""

    __tablename__ = "visit_applications"
    __table_args__ = (
        CheckConstraint(f"state IN {APPLICATION_STATES}", name="state"),
        Index(
            "uq_visit_applications_living",
            "visit_id",
            "applicant_id",
            unique=True,
            sqlite_where=text("state != 'withdrawn'"),
            postgresql_where=text("state != 'withdrawn'"),
        ),
        Index("ix_visit_applications_visit_id_state", "visit_id", "state"),
    )
    ways = APPLICATION_WAYS
    reasoned = ("ineligible", "reserve", "not_selected")

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("study_visits.id", ondelete="CASCADE"))
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="RESTRICT"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(32), default="draft")
    submitted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    endorsed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    endorsed_at: Mapped[datetime | None]
    visit: Mapped[StudyVisit] = relationship(lazy="joined")
    city: Mapped[City] = relationship(lazy="joined")
    applicant: Mapped[Member] = relationship(foreign_keys=[applicant_id], lazy="joined")
    endorsed_by: Mapped[Member | None] = relationship(foreign_keys=[endorsed_by_id])
    texts: Mapped[list["ApplicationText"]] = relationship(
        cascade="all, delete-orphan", order_by="ApplicationText.id"
    )
    goals: Mapped[list["LearningGoal"]] = relationship(
        cascade="all, delete-orphan", order_by="LearningGoal.position"
    )

    @classmethod
    def of(cls, applicant: Member, visit: StudyVisit) -> "VisitApplication | None":
        """The member's living application to this visit, if there is one."""
        return db.session.scalar(select(cls).where(cls.visit_id == visit.id, *cls.living_of(applicant.id)))

    @classmethod
    def living_of(cls, applicant_id: Any) -> tuple[Any, ...]:
        """Conditions: to one visit there is at most one."""
        return cls.applicant_id == applicant_id, cls.state != "withdrawn"

    @classmethod
    def begin(cls, applicant: Member, visit: StudyVisit) -> "VisitApplication":
        """The living application, made as a draft if there is none yet: pressing twice makes one."""
        hold(visit)
        if application := cls.of(applicant, visit):
            return application
        application = cls(visit=visit, city=applicant.city, applicant=applicant, state="draft")
        db.session.add(application)
        db.session.flush()
        return application

    def revise(self, goals: list[str], language: str | None = None, **texts: str) -> None:
        """Replaces the learning goals and the named APPLICATION_PARTS; an endorsement was given to the text before."""
        if unknown := texts.keys() - set(APPLICATION_PARTS):
            raise ValueError(f"no part of an application: {sorted(unknown)}")
        language = language_of([*texts.values(), *goals], language, languages_of(self.applicant))
        known = {row.part: row for row in self.texts}
        for part, text_ in texts.items():
            put(self.texts, known.get(part) or ApplicationText(part=part), text_, language)
        self._set_goals(goals, language)
        db.session.flush()
        if self.state == "endorsed":
            self.endorsed_by = self.endorsed_at = None
            self.become("submitted", self.applicant)

    def _set_goals(self, goals, language):
        known = {row.position: row for row in self.goals}
        for position, goal in enumerate(goals[:GOALS], 1):
            put(self.goals, known.get(position) or LearningGoal(position=position), goal, language)

    def missing(self) -> list[str]:
        """Parts still lacking before it can be submitted, as keys."""
        written = {row.part for row in self.texts}
        lacking = [part for part in APPLICATION_PARTS if part not in written]
        return lacking + (["goals"] if len(self.goals) < GOALS else [])

    def remember(self, **values: Any) -> VisitChange:
        return VisitChange(visit_id=self.visit_id, application_id=self.id, **values)

    def missing_for(self, state: str) -> list[str]:
        return self.missing() if state == "submitted" else []

    def moved(self, change: VisitChange) -> None:
        application_changed.send(application=self, change=change)

    def submit(self, by: Member) -> None:
        """Once; what is edited afterwards stays submitted. Incomplete while missing() holds anything."""
        self.become("submitted", by)
        self.submitted_at = self.submitted_at or utcnow()

    def endorse(self, by: Member) -> None:
        """The applicant's city stands behind it: said by its focal point, apart from the submission."""
        self.become("endorsed", by)
        self.endorsed_by, self.endorsed_at = by, utcnow()

    def withdraw(self, by: Member) -> None:
        self.become("withdrawn", by)
        self.withdrawn_at = utcnow()

    def decide(self, to: str, by: Member, reason: str = "") -> None:
        """A step of the selection (phase 5). ValueError for a decision that owes the applicant a reason and has none."""
        if to in ("draft", "submitted", "endorsed", "withdrawn"):
            raise ValueError(f"{to} has a verb of its own")
        self.become(to, by, reason)

    @property
    def may_be_edited(self) -> bool:
        """By its state; until when is the visit's call_deadline to say."""
        return self.state in EDITABLE


class ApplicationText(Written, db.Model):
    """One part of an application."""

    __tablename__ = "application_texts"
    __table_args__ = (
        UniqueConstraint("application_id", "part"),
        CheckConstraint(f"part IN {APPLICATION_PARTS}", name="part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("visit_applications.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(String(32))


class LearningGoal(Written, db.Model):
    """ "After the visit I will be able to ...": first, second or third. Rated before and after the visit later on."""

    __tablename__ = "learning_goals"
    __table_args__ = (UniqueConstraint("application_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("visit_applications.id", ondelete="CASCADE"))
    position: Mapped[int]

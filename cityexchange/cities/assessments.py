"""A city's own view of where it stands: for each theme now and in some years, 1 to 5 (CityShare, practice.md A.4).

The levels stay with the city; what follows from them is public: a theme with now >= 4 is an offer, target - now >= 2 a need.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core.db import Timestamped, at_most, db, utcnow
from cityexchange.themes.models import Theme

LEVELS = (1, 2, 3, 4, 5)
SHARES_FROM = 4
WIDE_GAP = 2
A_YEAR = timedelta(days=365)
Levels = dict[str, tuple[int | None, int | None]]
"""{key of a theme: (now, target)}; None where it was not said."""


class StaleAssessment(Exception):
    """A colleague saved the draft meanwhile. `saved` is what it holds now."""

    def __init__(self, saved: "SelfAssessment | None"):
        super().__init__()
        self.saved = saved


class SelfAssessment(Timestamped, db.Model):
    """One filled-in form: the draft of a city, of which there is one at most, or what it published once."""

    __tablename__ = "self_assessments"
    __table_args__ = (
        Index(
            "uq_self_assessments_draft",
            "city_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    city: Mapped[City] = relationship()
    ratings: Mapped[list["Rating"]] = relationship(cascade="all, delete-orphan")

    @classmethod
    def draft_of(cls, city: City) -> "SelfAssessment | None":
        return db.session.scalar(select(cls).filter_by(city_id=city.id, published_at=None))

    @classmethod
    def last_of(cls, city: City) -> "SelfAssessment | None":
        """The newest one published."""
        published = select(cls).where(cls.city_id == city.id, cls.published_at.is_not(None))
        return db.session.scalar(published.order_by(cls.published_at.desc(), cls.id.desc()).limit(at_most(1)))

    @property
    def is_old(self) -> bool:
        """Whether it is time to fill it in again."""
        return self.published_at is not None and utcnow() - self.published_at > A_YEAR

    @property
    def levels(self) -> Levels:
        return {one.theme.key: (one.now, one.target) for one in self.ratings}

    @property
    def offers(self) -> list[Theme]:
        return [one.theme for one in self._in_order if one.is_offer]

    @property
    def needs(self) -> list[Theme]:
        return [one.theme for one in self._in_order if one.is_need]

    @property
    def _in_order(self):
        return sorted(self.ratings, key=lambda one: one.theme.position)

    def rate(self, levels: Levels, version: int) -> None:
        """Keeps what was said so far. StaleAssessment if `version` is not the one that was read."""
        self._insist_on(version)
        said = {key: pair for key, pair in levels.items() if any(pair)}
        kept = {one.theme.key: one for one in self.ratings}
        self.ratings = [kept.get(theme.key) or Rating(theme=theme) for theme in _themes(said)]
        for one in self.ratings:
            one.now, one.target = said[one.theme.key]
        self.version += 1

    def publish(self, version: int) -> None:
        """What follows from it becomes the city's needs and offers, beside those it named by itself."""
        self._insist_on(version)
        self.published_at = utcnow()
        self.city.take_over("offer", self.offers)
        self.city.take_over("need", self.needs)

    def _insist_on(self, version):
        if version != self.version:
            raise StaleAssessment(self)


class Rating(db.Model):
    """Where a city stands with a theme and where it wants to be."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("assessment_id", "theme_id"),
        CheckConstraint("now BETWEEN 1 AND 5", name="now"),
        CheckConstraint("target BETWEEN 1 AND 5", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("self_assessments.id", ondelete="CASCADE"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), index=True)
    now: Mapped[int | None]
    target: Mapped[int | None]
    theme: Mapped[Theme] = relationship(lazy="joined")

    @property
    def is_offer(self) -> bool:
        return self.now is not None and self.now >= SHARES_FROM

    @property
    def is_need(self) -> bool:
        return self.now is not None and self.target is not None and self.target - self.now >= WIDE_GAP


def save_draft(city: City, levels: Levels, version: int) -> SelfAssessment:
    """The city's draft, begun with its first words. StaleAssessment where a colleague saved since `version` was read."""
    draft = draft_to_change(city)
    if draft is None:
        draft = SelfAssessment(city=city, version=0)
        db.session.add(draft)
    draft.rate(levels, version)
    return draft


def draft_to_change(city: City) -> SelfAssessment | None:
    """The draft, whose version is true until the unit of work ends: the city's row is locked, so that two who begin at once
    begin one, and what is published is what was looked at."""
    db.session.refresh(city, with_for_update={"of": City})
    return SelfAssessment.draft_of(city)


def first_levels(city: City) -> tuple[Levels, int]:
    """What the form begins with and the version of that: the draft, else the last one published, else nothing."""
    draft: Any = SelfAssessment.draft_of(city)
    if draft is not None:
        return draft.levels, draft.version
    last = SelfAssessment.last_of(city)
    return (last.levels if last else {}), 0


def _themes(keys):
    return db.session.scalars(select(Theme).where(Theme.key.in_(keys))).all()

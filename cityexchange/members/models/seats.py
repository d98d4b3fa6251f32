"""The seats that tie people to cities, and guests to other organisations."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.signals import seat_ended
from cityexchange.organisations.models import Organisation

CITY_ROLES = ("member", "elected_member", "city_focal_point", "city_deputy")
GUESTS = ("expert", "partner_observer", "diaspora_org")
"""Roles in an organisation that is no city."""
SEAT_ROLES = (*CITY_ROLES, *GUESTS)
CATEGORIES = ("local_authority", "government", "un_staff", "civil_society", "private_sector")
"""Whom reports count as what (practice.md 1.1, R22)."""


class Seat(Timestamped, db.Model):
    """A member's seat in a city, or a guest's in an organisation: role, from, until (the first day without the seat)."""

    __tablename__ = "seats"
    audited = ("role", "until", "speaks_officially", "city_id", "organisation_id")
    __table_args__ = (
        CheckConstraint(f"role IN {SEAT_ROLES}", name="role"),
        CheckConstraint(f"category IN {CATEGORIES}", name="category"),
        CheckConstraint("(city_id IS NULL) <> (organisation_id IS NULL)", name="one_place"),
        CheckConstraint(
            f"(role IN {GUESTS}) = (organisation_id IS NOT NULL)", name="guests_in_organisations"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(24), default="member")
    category: Mapped[str] = mapped_column(String(20), default="local_authority")
    speaks_officially: Mapped[bool] = mapped_column(default=False)
    """Said by the city: what this person writes may be marked as the city's own word."""
    since: Mapped[date]
    until: Mapped[date | None]
    member: Mapped[Any] = relationship("Member", back_populates="seats", foreign_keys=[member_id])
    city: Mapped[City | None] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def place(self) -> City | Organisation | None:
        return self.city or self.organisation

    @property
    def is_running(self) -> bool:
        return self.until is None or self.until > utcnow().date()

    def end(self, on: date | None = None) -> None:
        self.until = on or utcnow().date()
        audit.record("end_seat", self, member_id=self.member_id)
        self._let_go()

    def change(self, **values: Any) -> None:
        """`values`: columns. A day that has come ends it."""
        before = self.in_short
        for name, value in values.items():
            setattr(self, name, value)
        audit.record("change_seat", self, before=before, after=self.in_short)
        if not self.is_running:
            self._let_go()

    def _let_go(self):
        db.session.flush()
        seat_ended.send(seat=self)

    @property
    def in_short(self) -> dict[str, Any]:
        """What the audit keeps of it, before a change and after it."""
        until = self.until.isoformat() if self.until else None
        kept = {"role": self.role, "category": self.category, "speaks_officially": self.speaks_officially}
        return kept | {"until": until}

    @classmethod
    def ended_of_late(cls) -> Select[int, int]:
        """(id, member's id) of the seats whose last day has passed, by date or by `end`, in the last two days."""
        today, lately = func.current_date(), utcnow().date() - timedelta(days=2)
        return select(cls.id, cls.member_id).where(cls.until <= today, cls.until > lately)

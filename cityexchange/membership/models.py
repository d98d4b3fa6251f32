"""How a city becomes a member: somebody applies for it, it is verified, accepts the charter, and has two people (practice.md 1.1, R01)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.domains import EmailDomain
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.codes import TypedCode
from cityexchange.members.letters import WithLetter
from cityexchange.members.models import Member
from cityexchange.membership.charters import newest
from cityexchange.membership.signals import city_applied, city_suspended

APPLICATION_STATES = ("unconfirmed", "waiting", "accepted", "declined")


class CityApplication(WithLetter, TypedCode, Timestamped, db.Model):
    """What somebody said who wants their city to take part. The address is proven by a typed code."""

    __tablename__ = "city_applications"
    __table_args__ = (CheckConstraint(f"state IN {APPLICATION_STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(254))
    deputy_name: Mapped[str] = mapped_column(String(120))
    deputy_job_title: Mapped[str] = mapped_column(String(160))
    deputy_email: Mapped[str] = mapped_column(String(254))
    signatory: Mapped[str] = mapped_column(String(200))
    """Who stands behind it: mayor or head of the administration, name and function."""
    domain: Mapped[str] = mapped_column(String(253), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(8), default="en")
    charter: Mapped[int]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """kind, kind_why, working_languages: what the city would say of itself."""
    state: Mapped[str] = mapped_column(String(16), default="unconfirmed", index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    city: Mapped[City] = relationship()

    @property
    def takes_letter(self) -> bool:
        return self.state == "waiting"

    def confirm(self, code: str) -> bool:
        if self.state != "unconfirmed" or not self.takes(code):
            return False
        self.state = "waiting"
        if self.city.state == "draft" and self.city.geonameid:
            self.city.become(
                "applied", "apply"
            )  # a town described by hand is shown once the team has looked at it
        city_applied.send(application=self)
        return True

    def decide(self, state: str, by: Member, reason: str = "") -> None:
        self.state, self.reason, self.decided_at, self.decided_by_id = state, reason, utcnow(), by.id
        self.drop_letter()


class Verification(Timestamped, db.Model):
    """A coordinator's decision that a city is who it says it is, with what it rests on."""

    __tablename__ = "verifications"
    audited = ("city_id",)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))

    @classmethod
    def give(cls, city: City, by: Member, reason: str) -> None:
        verification = cls(city_id=city.id, reason=reason, by_id=by.id)
        db.session.add(verification)
        audit.record("verify_city", verification, city_id=city.id)

    @classmethod
    def of(cls, city: City) -> "Verification | None":
        return db.session.scalars(select(cls).filter_by(city_id=city.id).order_by(cls.id.desc())).first()


class CharterAcceptance(Timestamped, db.Model):
    """A city's yes to one version of the charter. The name stays when the person is gone."""

    __tablename__ = "charter_acceptances"
    audited = ("city_id", "version")

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    accepted_at: Mapped[datetime] = mapped_column(default=utcnow)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    accepted_by: Mapped[str] = mapped_column(String(300))
    city: Mapped[City] = relationship()

    @classmethod
    def record(cls, city: City, accepted_by: str, member: Member | None = None, version: int | None = None):
        acceptance = cls(
            city=city,
            version=version or newest(utcnow().date()),
            accepted_by=accepted_by,
            accepted_by_id=member.id if member else None,
        )
        db.session.add(acceptance)
        audit.record("accept_charter", city, version=acceptance.version)
        return acceptance

    @classmethod
    def newest_of(cls, city: City) -> "CharterAcceptance | None":
        mine = select(cls).filter_by(city_id=city.id).order_by(cls.version.desc(), cls.id.desc())
        return db.session.scalars(mine).first()


class Suspension(Timestamped, db.Model):
    """A member or a city that may not take part for some days, and why."""

    __tablename__ = "suspensions"
    audited = ("until", "lifted_at")
    __table_args__ = (CheckConstraint("(member_id IS NULL) <> (city_id IS NULL)", name="one_of_them"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None]
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])
    city: Mapped[City | None] = relationship()

    @classmethod
    def begin(cls, whom: Member | City, days: int, reason: str, by: Member) -> "Suspension":
        """Ends sessions and lines at once; lifts itself after `days`."""
        kind = "member" if isinstance(whom, Member) else "city"
        suspension = cls(**{kind: whom}, reason=reason, until=utcnow() + timedelta(days=days), by_id=by.id)
        db.session.add(suspension)
        if isinstance(whom, Member):
            whom.suspend(days=days)
        else:
            whom.become("suspended", "suspend", days=days)
        db.session.flush()
        city_suspended.send(suspension=suspension)
        return suspension

    def lift(self) -> None:
        self.lifted_at = utcnow()
        audit.record("lift_suspension", self)
        if self.member and self.member.state == "locked":
            self.member.reinstate()
        if self.city and self.city.state == "suspended":
            self.city.become(
                "verified", "reinstate"
            )  # whoever lifts it lets the rule decide: activation.settle

    @classmethod
    def running(cls, whom: Member | City) -> "Suspension | None":
        key = {"member_id" if isinstance(whom, Member) else "city_id": whom.id}
        return db.session.scalars(
            select(cls).filter_by(**key, lifted_at=None).order_by(cls.id.desc())
        ).first()

    @classmethod
    def ended(cls) -> list["Suspension"]:
        due = select(cls).where(cls.lifted_at.is_(None), cls.until <= utcnow())
        return list(db.session.scalars(due.with_for_update(skip_locked=True, of=cls)))


def verified_domains(city: City) -> list[EmailDomain]:
    return list(db.session.scalars(select(EmailDomain).filter_by(city_id=city.id, state="verified")))

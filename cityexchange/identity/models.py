"""A city's identity provider, and which of its accounts is whose."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.db import Timestamped, db, utcnow
from cityexchange.members.models import Member
from cityexchange.members.sealing import seal, unseal

PURPOSE = "identity_provider"
ROLES = ("elected_member", "member")
"""Seats that a claim of the provider may give; who speaks for a city is named by people."""


class IdentityProvider(Timestamped, db.Model):
    __tablename__ = "identity_providers"
    audited = ("issuer", "client_id", "role_claim", "role_values", "is_offered", "is_required")

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), unique=True)
    issuer: Mapped[str] = mapped_column(String(300))
    client_id: Mapped[str] = mapped_column(String(255))
    sealed_secret: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the provider says of itself (OpenID Connect Discovery 1.0, 3), as far as it is used."""
    read_at: Mapped[datetime | None]
    role_claim: Mapped[str] = mapped_column(String(60), default="")
    role_values: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """{value of the claim: a role of ROLES}"""
    is_offered: Mapped[bool] = mapped_column(default=False)
    is_required: Mapped[bool] = mapped_column(default=False)
    proven_at: Mapped[datetime | None]
    """When somebody signed in with it for the first time since it was set up."""
    city: Mapped[City] = relationship()

    @property
    def secret(self) -> str:
        return unseal(self.sealed_secret, PURPOSE) if self.sealed_secret else ""

    def point_to(self, issuer: str, client_id: str, secret: str) -> None:
        """Another issuer gives other numbers to other people: none of its accounts is known yet, nor that it works."""
        if (issuer, client_id) != (self.issuer, self.client_id):
            db.session.execute(delete(Identity).where(Identity.provider_id == self.id))
            self.proven_at, self.is_required = None, False
        self.issuer, self.client_id = issuer, client_id
        if secret:
            self.sealed_secret = seal(secret, PURPOSE)

    def open(self, is_offered: bool, is_required: bool) -> None:
        """As the last step of setting it up."""
        self.is_offered, self.is_required = is_offered, is_required
        facts: dict[str, Any] = {"is_offered": is_offered, "is_required": is_required}
        audit.record("set_identity_provider", self, city_id=self.city_id, **facts)

    def remove(self) -> None:
        audit.record("remove_identity_provider", self, city_id=self.city_id)
        db.session.delete(self)
        db.session.flush()

    def note_facts(self, facts: dict[str, Any]) -> None:
        self.facts, self.read_at = facts, utcnow()

    def role_of(self, claims: dict[str, Any]) -> str | None:
        """The role that the first known value of the claim stands for."""
        said = claims.get(self.role_claim) if self.role_claim else None
        values = [value for value in (said if isinstance(said, list) else [said]) if isinstance(value, str)]
        return next((self.role_values[value] for value in values if value in self.role_values), None)

    @classmethod
    def of(cls, city_id: int | None) -> "IdentityProvider | None":
        return db.session.scalar(select(cls).filter_by(city_id=city_id))


class Identity(Timestamped, db.Model):
    """An account at a provider and the member it belongs to. The provider's own number counts, never the address."""

    __tablename__ = "identities"
    audited = ("member_id",)
    __table_args__ = (UniqueConstraint("provider_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("identity_providers.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(255))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime] = mapped_column(default=utcnow)
    member: Mapped[Member] = relationship()

    @classmethod
    def link(cls, provider: IdentityProvider, subject: str, member: Member) -> None:
        """From now on this account of the provider opens this member's."""
        db.session.add(cls(provider_id=provider.id, subject=subject, member_id=member.id))
        audit.record("link_identity", member, actor_id=member.id, city_id=provider.city_id)

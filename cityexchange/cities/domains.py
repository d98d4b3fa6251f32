"""Which city an official e-mail address belongs to. What everybody can have proves nothing."""

import re
from datetime import datetime
from functools import cache

from publicsuffixlist import PublicSuffixList
from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.cities.models import City
from cityexchange.cities.signals import domain_verified
from cityexchange.core import audit
from cityexchange.core.addresses import ascii_domain
from cityexchange.core.db import Timestamped, db, utcnow

STATES = ("claimed", "verified")
MAIL_HOUSES = frozenset(
    re.findall(
        r"\w+",
        """
        126 163 aol bk bol daum foxmail free gmail gmx googlemail hanmail hotmail icloud inbox laposte list
        live mac mail maktoob me msn naver orange outlook pm proton protonmail qq rambler rediffmail sfr
        sina sohu terra tuta tutanota uol wanadoo web ya yahoo yandex yeah ymail zoho
        """,
    )
)
"""Names under which anybody gets an address, with whatever follows them (hotmail.co.uk): never a city's own domain."""


class EmailDomain(Timestamped, db.Model):
    """A domain that a city says is its own, and whether somebody has made sure."""

    __tablename__ = "email_domains"
    audited = ("state", "city_id")
    __table_args__ = (CheckConstraint(f"state IN {STATES}", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column(ForeignKey("cities.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(253), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="claimed")
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    city: Mapped[City] = relationship()

    @classmethod
    def claim(cls, city: City, name: str) -> "EmailDomain":
        """ValueError for what is no domain of a city, or is another city's already."""
        domain = normal(name)
        if not can_be_owned(domain):
            raise ValueError(f"{name!r} is no domain of a city")
        known = db.session.scalar(select(cls).filter_by(name=domain))
        if known and known.city_id != city.id:
            raise ValueError(f"{domain} belongs to another city")
        if known is None:
            known = cls(city=city, name=domain)
            db.session.add(known)
        return known

    def verify(self, by_id: int | None) -> None:
        self.state, self.verified_at, self.verified_by_id = "verified", utcnow(), by_id
        audit.record("verify_domain", self, city_id=self.city_id)
        db.session.flush()
        domain_verified.send(domain=self)


def normal(name: str) -> str:
    """A domain as it is looked up: as `ascii_domain` gives it; "" for what is none."""
    coded = ascii_domain(name.strip().removeprefix("@"))
    return coded if "." in coded else ""


def can_be_owned(domain: str) -> bool:
    """Not what many share: a suffix under which anybody registers (gov.uk, com.br: the public suffix list), or a mail house."""
    own = suffixes().privatesuffix(domain) if domain else None
    return bool(own) and own.partition(".")[0] not in MAIL_HOUSES


@cache
def suffixes() -> PublicSuffixList:
    """Read when first asked for: a fifth of a second, and two megabytes."""
    return PublicSuffixList()


def city_of_address(address: str) -> City | None:
    """The city whose verified domain, or a part of it (@social.lyon.example), an address belongs to."""
    _name, sign, domain = address.rpartition("@")
    domain = normal(domain) if sign else ""
    parts = domain.split(".")
    names = [".".join(parts[n:]) for n in range(len(parts) - 1)]
    found = select(EmailDomain).where(EmailDomain.name.in_(names), EmailDomain.state == "verified")
    nearest = sorted(db.session.scalars(found), key=lambda one: -len(one.name))
    return nearest[0].city if nearest else None

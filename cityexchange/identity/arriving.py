"""Whom a proven account of a city's provider stands for: a member of this city, or somebody who asks for a place in it."""

import unicodedata
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from cityexchange.cities.domains import city_of_address
from cityexchange.cities.models import City
from cityexchange.core import audit
from cityexchange.core.addresses import NoAddress, normal_address
from cityexchange.core.db import db, utcnow
from cityexchange.identity.models import ROLES, Identity, IdentityProvider
from cityexchange.members.imitation import fault_of, imitates
from cityexchange.members.joining import JoinRequest
from cityexchange.members.models import Member


class NotThisPerson(Exception):
    """The account is right, and still opens nothing here; `reason` is one of REASONS."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


REASONS = ("address", "elsewhere", "team")


def arrive(provider: IdentityProvider, claims: dict[str, Any], locale: str) -> Member | None:
    """The member to admit, or None for a newcomer about whom the city is asked. NotThisPerson where the account may not speak for them."""
    known = db.session.scalar(select(Identity).filter_by(provider_id=provider.id, subject=claims["sub"]))
    member = known.member if known else _by_address(provider, claims, locale)
    if member is None:
        return None
    _insist_on_place(provider, member)
    if known:
        known.used_at = utcnow()
    else:
        Identity.link(provider, claims["sub"], member)
    provider.proven_at = provider.proven_at or utcnow()
    _follow_role(provider, claims, member)
    db.session.flush()
    return member


def _by_address(provider: IdentityProvider, claims: dict[str, Any], locale: str) -> Member | None:
    address = _address(provider, claims)
    member = db.session.scalar(select(Member).filter_by(email=address))
    if member is None:
        return _newcomer(provider, claims, address, locale)
    if claims["email"].rpartition("@")[0] != address.rpartition("@")[0]:
        raise NotThisPerson("address")  # where capital letters count, this is somebody else's mailbox
    if db.session.scalar(select(Identity.id).filter_by(provider_id=provider.id, member_id=member.id)):
        raise NotThisPerson("address")  # a second account that claims the address of the first
    return member


def _address(provider: IdentityProvider, claims: dict[str, Any]) -> str:
    """Confirmed by the provider, and of a verified domain of its own city; in its one form."""
    told = claims.get("email")
    if not isinstance(told, str) or claims.get("email_verified") is not True or len(told) > 254:
        raise NotThisPerson("address")
    try:
        address = normal_address(told)
    except NoAddress:
        raise NotThisPerson("address") from None
    if told.rpartition("@")[0].lower() != address.rpartition("@")[0]:
        raise NotThisPerson("address")  # what stands for other letters there may be a mailbox of its own
    if city_of_address(address) != provider.city:
        raise NotThisPerson("address")
    return address


def _newcomer(provider: IdentityProvider, claims: dict[str, Any], address: str, locale: str) -> Member | None:
    """A role that the city's own claim gives is a seat; without one the city is asked, as of everybody who asks for a place."""
    waiting = select(JoinRequest.id).filter_by(email=address, city_id=provider.city_id, state="waiting")
    if db.session.scalar(waiting):
        return None
    request = JoinRequest(
        name=_name(claims, address, provider.city),
        email=address,
        job_title="",
        city=provider.city,
        city_name=provider.city.name,
        is_of_domain=True,
        locale=locale,
        password="",
    )
    db.session.add(request)
    if provider.role_of(claims):
        return request.accept(None, provider.city)
    request.arrive()
    return None


def _name(claims: dict[str, Any], address: str, city: City) -> str:
    """As the provider writes it, or what stands before the @, unless it could be taken for somebody else's: they choose one themself then."""
    name = claims.get("name")
    name = unicodedata.normalize("NFC", " ".join(name[:1000].split()))[:120] if isinstance(name, str) else ""
    usable = (one for one in (name, address.partition("@")[0]) if not (fault_of(one) or imitates(one, None)))
    return next(usable, _("New in %(city)s", city=city.called)[:120])


def _insist_on_place(provider: IdentityProvider, member: Member) -> None:
    """A city's provider speaks for the people of the city, and for nobody who looks after the platform."""
    if member.team_role:
        raise NotThisPerson("team")
    if not (member.active and member.seat and member.seat.city_id == provider.city_id):
        raise NotThisPerson("elsewhere")


def _follow_role(provider: IdentityProvider, claims: dict[str, Any], member: Member) -> None:
    """Between the seats that say nothing for the city the claim decides at each sign-in."""
    role = provider.role_of(claims)
    if member.seat and role and member.seat.role in ROLES and member.seat.role != role:
        with audit.acting(member.id):
            member.seat.change(role=role)

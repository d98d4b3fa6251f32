"""An application that is accepted: the city, its domain, its charter and its first two people, at once."""

from typing import Any

from sqlalchemy import select

from cityexchange.cities.domains import EmailDomain
from cityexchange.cities.models import City
from cityexchange.cities.slugs import free_slug
from cityexchange.core import audit
from cityexchange.core.db import db, utcnow
from cityexchange.members.handles import free_handle
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.membership.activation import settle
from cityexchange.membership.models import CharterAcceptance, CityApplication, Verification


class SeatedElsewhere(ValueError):
    """Somebody named in the application holds a place already, and has not been asked."""


def found(application: CityApplication, by: Member, reason: str, has_domain: bool) -> list[Member]:
    """The focal point and the deputy. ValueError where the domain is another city's or everybody's."""
    city = application.city
    if has_domain:
        EmailDomain.claim(city, application.domain).verify(by.id)
    Verification.give(city, by, reason)
    CharterAcceptance.record(city, application.signatory, version=application.charter)
    city.become("applied" if city.state == "draft" else city.state, "accept_city")
    describe(city, application)
    people = [
        seat(application, city, "city_focal_point", ""),
        seat(application, city, "city_deputy", "deputy_"),
    ]
    application.decide("accepted", by, reason)
    db.session.flush()
    settle(city)
    return people


def draft(values: dict[str, Any]) -> City:
    """One that nobody sees until somebody has proven the address that applies for it. `values`: where it is."""
    city = City(slug=free_slug(values["name"]), state="draft", **values)
    db.session.add(city)
    audit.record("draft_city", city)
    return city


def decline(application: CityApplication, by: Member, reason: str) -> None:
    """A city that only this application brought into the directory leaves it."""
    application.decide("declined", by, reason)
    city = application.city
    db.session.flush()
    others = (
        select(CityApplication.id)
        .filter_by(city_id=city.id)
        .where(CityApplication.state.in_(("waiting", "accepted")))
    )
    is_spoken_for = city.is_illustrative or db.session.scalars(others).first()
    goes = city.state == "applied" and not is_spoken_for
    city.become("draft" if goes else city.state, "decline_city")


def describe(city: City, application: CityApplication) -> None:
    """What the application says of the city, unless the city has said it already."""
    said = application.facts
    if not city.declarations:
        city.declare_kind(said["kind"], why=said["kind_why"], language=application.locale)
    city.working_languages = city.working_languages or said["working_languages"]


def seat(application: CityApplication, city: City, role: str, prefix: str) -> Member:
    """Who the application names; whoever has an account keeps it. The address of the applicant is proven, the deputy's not yet."""

    def told(name: str) -> str:
        return getattr(application, f"{prefix}{name}")

    member = db.session.scalar(db.select(Member).filter_by(email=told("email")))
    if member is None:
        member = Member(
            name=told("name"),
            handle=free_handle(told("name")),
            email=told("email"),
            job_title=told("job_title"),
            locale=application.locale,
            languages_read=[application.locale],
            timezone=city.timezone,
            state="active",
            email_confirmed_at=None if prefix else utcnow(),
        )
        db.session.add(member)
    elif db.session.scalar(select(Seat.id).where(Seat.member_id == member.id, running())):
        raise SeatedElsewhere  # nobody is moved out of a city by being named in another's application
    member.seat_in(city, role)
    db.session.flush()
    return member

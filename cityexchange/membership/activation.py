"""When a city takes part: two people, somebody who made sure, and an accepted charter (practice.md K1, 1.1 R01)."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, select

from cityexchange.cities.models import City
from cityexchange.cities.policy import SPEAKERS
from cityexchange.cities.signals import city_stepped_in
from cityexchange.core.db import db, utcnow
from cityexchange.members.models import Member, Seat
from cityexchange.members.seats import running
from cityexchange.membership.charters import accepted_ones
from cityexchange.membership.models import CharterAcceptance, Verification, verified_domains
from cityexchange.membership.signals import city_activated, city_reduced

MISSING = ("focal_point", "deputy", "verification", "charter")
INCOMPLETE_DAYS = 30
"""How long the people of a city go on that is active no more."""
WAITING = ("applied", "verified", "dormant")
PROVEN = (running(), Member.state == "active", Member.email_confirmed_at.is_not(None))
"""Conditions of the running seat of somebody who has proven their address."""


def missing(city: City) -> list[str]:
    """What stands between the city and taking part, of MISSING, in their order."""
    people = seated(city)
    focal = {id for id, role in people if role == "city_focal_point"}
    deputies = {id for id, role in people if role == "city_deputy"}
    accepted = CharterAcceptance.newest_of(city)
    answers = {
        "focal_point": bool(focal),
        "deputy": bool(deputies - focal) if len(focal) < 2 else bool(deputies),
        "verification": bool(verified_domains(city) or Verification.of(city)),
        "charter": bool(accepted and accepted.version in accepted_ones(utcnow().date())),
    }
    return [key for key in MISSING if not answers[key]]


def seated(city: City) -> list[tuple[int, str]]:
    """(member's id, role) of the running seats of people who have proven their address."""
    people = (
        select(Member.id, Seat.role)
        .join(Seat, Seat.member_id == Member.id)
        .where(Seat.city_id == city.id, *PROVEN)
    )
    return [(id, role) for id, role in db.session.execute(people)]


def settle(city: City) -> bool:
    """Brings the city to where its facts put it; whether it began to take part just now."""
    if city.state not in (*WAITING, "active"):
        return False
    did_take_part = city.takes_part
    is_new = _follow(city, missing(city))
    if city.takes_part and not did_take_part:
        db.session.flush()
        city_stepped_in.send(city=city)
    return is_new


def _follow(city, lacking):
    if not lacking:
        return _activate(city)
    if city.state == "active":
        _step_back(city)
    elif city.state != (state := "applied" if "verification" in lacking else "verified"):
        if city.state != "verified":
            city.become(state, "settle")
    return False


def _activate(city):
    if city.state == "active":
        return False
    city.incomplete_since = None
    city.become("active", "activate")
    db.session.flush()
    city_activated.send(city=city)
    return True


def _step_back(city):
    """It is active no more; its people go on for INCOMPLETE_DAYS, so that one who leaves does not silence all."""
    city.incomplete_since = utcnow().date()
    city.become("verified", "step_back")
    db.session.flush()
    city_reduced.send(city=city)


def goes_on_until(city: City) -> date | None:
    """The first day on which the people of an incomplete city go on no more."""
    return city.incomplete_since + timedelta(days=INCOMPLETE_DAYS) if city.incomplete_since else None


def without_two(cities: Any) -> Any:
    """Of a selection of cities those that lack a focal point or a deputy, as `missing` says, in one statement."""
    roles = {role: func.sum(case((Seat.role == role, 1), else_=0)) for role in SPEAKERS}
    people = (
        select(Seat.city_id).join(Member, Member.id == Seat.member_id).where(*PROVEN, Seat.role.in_(SPEAKERS))
    )
    whole = people.group_by(Seat.city_id).having(
        *(count > 0 for count in roles.values()), func.count(Seat.member_id.distinct()) > 1
    )
    return cities.where(City.id.not_in(whole.where(Seat.city_id.is_not(None))))

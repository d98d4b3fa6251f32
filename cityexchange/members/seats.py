"""Who speaks for a city, and that somebody always does (practice.md 1.1, R01)."""

from datetime import date

from sqlalchemy import func, or_, select

from cityexchange.cities.models import City
from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.db import db
from cityexchange.members.models import Member, Seat


class LastFocalPoint(Exception):
    """Without this seat nobody would speak for the city: the place is handed over, never left empty."""


def running():
    """The condition of a seat that is held today."""
    return or_(Seat.until.is_(None), Seat.until > func.current_date())


def speakers_of(city_id: int | None) -> list[Member]:
    """The members who speak for a city today: focal point and deputies."""
    seats = select(Seat.member_id).where(Seat.city_id == city_id, Seat.role.in_(SPEAKERS), running())
    return list(db.session.scalars(select(Member).where(Member.state == "active", Member.id.in_(seats))))


def seat_of_address(email: str) -> Seat | None:
    """The one that whoever has this address holds today."""
    held = select(Seat).join(Member, Member.id == Seat.member_id)
    return db.session.scalar(held.where(Member.email == email, running()).order_by(Seat.id.desc()))


def coordinators() -> list[Member]:
    return list(db.session.scalars(select(Member).filter_by(team_role="coordinator", state="active")))


def end_seat(seat: Seat, on: date | None = None) -> None:
    """As `Seat.end`; LastFocalPoint where the city would be left without one."""
    _insist_on_another(seat)
    seat.end(on)


def change_seat(
    seat: Seat, role: str, until: date | None, speaks_officially: bool, category: str | None = None
) -> None:
    """As `Seat.change`; LastFocalPoint where the city would be left without one, now or on that day."""
    if role != seat.role or until:
        _insist_on_another(seat)
    category = category or seat.category
    seat.change(role=role, until=until, speaks_officially=speaks_officially, category=category)


def _insist_on_another(seat):
    if seat.role != "city_focal_point" or seat.city_id is None or not seat.is_running:
        return
    # Two who leave at once wait for each other: the second finds itself the last.
    db.session.execute(select(City.id).where(City.id == seat.city_id).with_for_update())
    others = select(Seat.id).join(Member, Member.id == Seat.member_id)
    others = others.where(Seat.city_id == seat.city_id, Seat.role == "city_focal_point", Seat.id != seat.id)
    if not db.session.scalars(
        others.where(running(), Seat.until.is_(None), Member.state == "active")
    ).first():
        raise LastFocalPoint

"""A member as pages that only read ask for: one row, where loading session, member, seat and city as records takes four times as long."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from cityexchange.cities.models import City
from cityexchange.core.db import db, rows
from cityexchange.members.models import Member, Seat, SignInSession
from cityexchange.members.standing import HasStanding

MEMBER = (
    Member.id, Member.name, Member.handle, Member.email, Member.job_title, Member.locale, Member.languages_read,
    Member.timezone, Member.team_role, Member.state, Member.previous_visit_at, Member.fs_uniquifier,
)  # fmt: skip
SESSION = SignInSession.id.label("sign_in_id"), SignInSession.seen_at.label("sign_in_seen_at")
SEAT = (
    Seat.role.label("seat_role"),
    City.id.label("city_id"),
    City.name.label("city_name"),
    City.slug.label("city_slug"),
)
BY_DIGEST = (
    select(*MEMBER, *SESSION, *SEAT, City.country.label("city_country"), City.state.label("city_state"))
    .join(Member, Member.id == SignInSession.member_id)
    .outerjoin(
        Seat,
        (Seat.member_id == Member.id) & or_(Seat.until.is_(None), Seat.until > func.current_date()),
    )
    .outerjoin(City, City.id == Seat.city_id)
    .where(SignInSession.digest == bindparam("digest"), SignInSession.ended_at.is_(None))
    .order_by(Seat.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class CitySign:
    """As much of a city as stands beside a name."""

    id: int
    name: str
    slug: str
    country: str
    is_active: bool


@dataclass(frozen=True)
class SeatSign:
    role: str
    city_id: int
    city: CitySign


class Reader(HasStanding):
    """Answers what is asked of a member; what its row does not hold, it asks the member's record."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, row: Any):
        self.__dict__.update(row._mapping)
        self.seat = _seat(row) if row.city_id else None
        self.city = self.seat.city if self.seat else None
        self.is_official = bool(self.city and self.city.is_active)
        self.is_active = self.active = row.state == "active"
        self.display_name = row.name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(Member, name):
            raise AttributeError(name)
        return getattr(self.record, name)

    @property
    def record(self) -> Member:
        """The member as a record: for what is to be changed, or held by other records."""
        return db.session.get_one(Member, self.id)

    def has_team_role(self, *roles: str) -> bool:
        return self.team_role in roles

    def get_id(self) -> str:
        return self.fs_uniquifier


def _seat(row):
    city = CitySign(row.city_id, row.city_name, row.city_slug, row.city_country, row.city_state == "active")
    return SeatSign(row.seat_role, row.city_id, city)


def reader_with(digest: str) -> Reader | None:
    """Who is signed in under this digest of a session's secret."""
    row = rows(BY_DIGEST, {"digest": digest}).first()
    return Reader(row) if row else None

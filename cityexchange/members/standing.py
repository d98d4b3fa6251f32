"""Who somebody is as far as lists ask, without saying which one: readers of one standing share their statements."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Integer, bindparam


@dataclass(frozen=True)
class SeatStanding:
    role: str
    city_id: ClassVar[Any] = bindparam("reader_city_id", type_=Integer)
    organisation_id: ClassVar[Any] = bindparam("reader_organisation_id", type_=Integer)


@dataclass(frozen=True)
class Standing:
    """Answers what a policy asks of a member. What differs from reader to reader is a parameter: see `Member.facts`."""

    is_authenticated: bool
    is_official: bool
    is_guest: bool
    team_role: str | None
    seat: SeatStanding | None
    id: ClassVar[Any] = bindparam("reader_id", type_=Integer)

    def has_team_role(self, *roles: str) -> bool:
        return self.team_role in roles

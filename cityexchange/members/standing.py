"""Who somebody is as far as lists ask, without saying which one: readers of one standing share their statements."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Integer, bindparam


@dataclass(frozen=True)
class SeatStanding:
    role: str
    city_id: ClassVar[Any] = bindparam("reader_city_id", type_=Integer)


@dataclass(frozen=True)
class Standing:
    """Answers what a policy asks of a member. What differs from reader to reader is a parameter: see `facts_of`."""

    is_authenticated: bool
    is_official: bool
    team_role: str | None
    seat: SeatStanding | None
    id: ClassVar[Any] = bindparam("reader_id", type_=Integer)

    def has_team_role(self, *roles: str) -> bool:
        return self.team_role in roles


class HasStanding:
    """What a member, and a reader in their place, say of themselves for statements that many share."""

    @property
    def standing(self) -> Standing:
        return standing_of(self)

    @property
    def facts(self) -> dict[str, Any]:
        return facts_of(self)


def standing_of(member: Any) -> Standing:
    seat = SeatStanding(member.seat.role) if member.seat else None
    return Standing(member.is_authenticated, member.is_official, member.team_role, seat)


def facts_of(member: Any) -> dict[str, Any]:
    """The parameters of a statement that was made for this member's standing."""
    return {"reader_id": member.id, "reader_city_id": member.seat.city_id if member.seat else None}

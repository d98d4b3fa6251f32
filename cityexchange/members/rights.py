"""What somebody answers when policies ask (`core/reader.py`), and the same without saying which one: readers of equal rights
share their statements. Both stand here, so that a question is added in one place."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Integer, bindparam


@dataclass(frozen=True)
class SeatRights:
    role: str
    speaks_officially: bool
    city_id: ClassVar[Any] = bindparam("reader_city_id", type_=Integer)
    organisation_id: ClassVar[Any] = bindparam("reader_organisation_id", type_=Integer)


@dataclass(frozen=True)
class Rights:
    """Whoever answers like this. What differs from reader to reader is a parameter: see `Answers.bind_values`."""

    is_authenticated: bool
    is_official: bool
    is_guest: bool
    team_role: str | None
    seat: SeatRights | None
    id: ClassVar[Any] = bindparam("reader_id", type_=Integer)

    def has_team_role(self, *roles: str) -> bool:
        return self.team_role in roles


class Answers:
    """Of members, of the rows that stand in for them, and of visitors: from `id`, `is_authenticated`, `team_role` and `seat`."""

    @property
    def is_official(self: Any) -> bool:
        """Holds a seat today, in a city whose people take part."""
        return bool(self.seat and self.seat.city and self.seat.city.lets_write)

    @property
    def is_guest(self: Any) -> bool:
        """Sees what is public and where it is invited: who holds a seat in an organisation that is no city, and who holds none any more."""
        if not self.is_authenticated:
            return False
        return bool(self.seat.organisation_id) if self.seat else not self.team_role

    def has_team_role(self: Any, *roles: str) -> bool:
        return self.team_role in roles

    @property
    def rights(self: Any) -> Rights:
        seat = SeatRights(self.seat.role, self.seat.speaks_officially) if self.seat else None
        return Rights(self.is_authenticated, self.is_official, self.is_guest, self.team_role, seat)

    @property
    def bind_values(self: Any) -> dict[str, Any]:
        """The parameters of a statement that was made for this reader's rights."""
        return {
            "reader_id": self.id,
            "reader_city_id": self.seat.city_id if self.seat else None,
            "reader_organisation_id": self.seat.organisation_id if self.seat else None,
        }

from sqlalchemy import select

from cityexchange.cities.models import City
from cityexchange.core.policy import Policy

SHOWN = ("verified", "active", "dormant")
SPEAKERS = ("city_focal_point", "city_deputy")
"""Seats that speak for their city."""


class CityPolicy(Policy, model=City):
    """Cities that take part are public knowledge; applicants are for the team that verifies them."""

    @classmethod
    def visible(cls, member):
        if member.has_team_role("coordinator", "admin"):
            return select(City)
        return select(City).where(City.state.in_(SHOWN))

    def edit(self):
        """What the city says of itself: whoever speaks for it, and the coordination team."""
        if self.member.has_team_role("coordinator", "admin"):
            return True
        seat = self.member.seat
        return self.member.is_official and seat.role in SPEAKERS and seat.city_id == self.record.id

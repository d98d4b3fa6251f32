from sqlalchemy import select

from cityexchange.cities.models import City
from cityexchange.core.policy import Policy

SHOWN = ("verified", "active", "dormant")


class CityPolicy(Policy, model=City):
    """Cities that take part are public knowledge; applicants are for the team that verifies them."""

    @classmethod
    def visible(cls, member):
        if member.has_team_role("coordinator", "admin"):
            return select(City)
        return select(City).where(City.state.in_(SHOWN))

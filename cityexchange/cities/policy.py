from sqlalchemy import select

from cityexchange.cities.models import TAKING_PART, City, KindDeclaration
from cityexchange.core.db import among
from cityexchange.core.policy import Policy, can
from cityexchange.core.reader import Reader

SHOWN = (*TAKING_PART, "applied")
SPEAKERS = ("city_focal_point", "city_deputy")
"""Seats that speak for their city."""


class CityPolicy(Policy, model=City):
    """Which cities take part and which have applied is public knowledge; all others are for the team that verifies them, and their own people."""

    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(City)
        shown = among(City.state, SHOWN)
        return select(City).where(shown | (City.id == member.seat.city_id) if member.seat else shown)

    def edit(self):
        """What the city says of itself: whoever speaks for it, and the coordination team."""
        if self.member.has_team_role("coordinator", "admin"):
            return True
        return self.member.is_official and self.accept_charter()

    def run(self):
        """Its desk: whoever speaks for it, also before it takes part, and the coordination team."""
        if self.member.has_team_role("coordinator", "admin"):
            return True
        return self.accept_charter() and self.record.state not in ("suspended", "left")

    def see_desk(self):
        """Also while it stands aside: with the reason, and nothing to press."""
        return self.run() or self.accept_charter()

    def accept_charter(self):
        """In the city's name: whoever speaks for it."""
        seat = self.member.seat
        return seat is not None and seat.role in SPEAKERS and seat.city_id == self.record.id

    def suspend(self):
        return self.record.takes_part and self.decide()

    def end(self):
        return self.record.state not in ("draft", "left") and self.decide()

    def take_back(self):
        return self.record.state == "left" and self.decide()

    def decide(self):
        """Who takes part, and what the coordination team looks after."""
        return self.member.has_team_role("coordinator", "admin")

    def read_words(self):
        """What an applicant wrote nobody has looked at yet: its name stands in the directory, its words do not."""
        return self.record.takes_part or self.edit()


class KindDeclarationPolicy(Policy, model=KindDeclaration):
    """Seen where the words of its city are."""

    @classmethod
    def visible(cls, member: Reader):
        cities = CityPolicy.visible(member).with_only_columns(City.id)
        if not member.has_team_role("coordinator", "admin"):
            cities = cities.where(among(City.state, TAKING_PART))
        return select(KindDeclaration).where(KindDeclaration.city_id.in_(cities))

    def edit(self):
        return can(self.member, "edit", self.record.city)

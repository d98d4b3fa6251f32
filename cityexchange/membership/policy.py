from sqlalchemy import false, select

from cityexchange.cities.policy import SPEAKERS
from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.membership.models import CityApplication, Suspension
from cityexchange.membership.offers import PlaceOffer


class CityApplicationPolicy(Policy, model=CityApplication):
    """The coordination team decides; nobody else reads who applied."""

    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(CityApplication).where(CityApplication.state != "unconfirmed")
        return select(CityApplication).where(false())

    def accept(self):
        return self.decline() and self.record.city.state in ("draft", "applied", "verified")

    def decline(self):
        return self.record.state == "waiting" and self.member.has_team_role("coordinator", "admin")

    def ended(self, verb):
        is_team = self.member.has_team_role("coordinator", "admin")
        return "application_decided" if is_team and self.record.state != "waiting" else ""


class SuspensionPolicy(Policy, model=Suspension):
    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(Suspension)
        return select(Suspension).where(Suspension.member_id == member.id)

    def lift(self):
        return self.record.lifted_at is None and self._may_lift()

    def ended(self, verb):
        return "suspension_lifted" if self.record.lifted_at is not None and self._may_lift() else ""

    def _may_lift(self):
        is_mine = self.record.member_id is not None and self.record.member_id == self.member.id
        return not is_mine and self.member.has_team_role("coordinator", "admin")


class PlaceOfferPolicy(Policy, model=PlaceOffer):
    """Whom a city invites is known to those who speak for it, and to the coordination team."""

    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(PlaceOffer)
        if member.seat and member.seat.role in SPEAKERS:
            return select(PlaceOffer).where(PlaceOffer.city_id == member.seat.city_id)
        return select(PlaceOffer).where(false())

    def withdraw(self):
        return self.record.is_open

    def ended(self, verb):
        """Who sees an offer could withdraw it."""
        if verb != "withdraw" or self.record.is_open:
            return ""
        words = {"accepted": "offer_taken", "withdrawn": "offer_withdrawn"}
        return words.get(self.record.state, "offer_expired")

    def create_many(self):
        """Into any city: for the coordination team alone."""
        return self.member.has_team_role("coordinator", "admin")

from sqlalchemy import false, select

from cityexchange.cities.models import City
from cityexchange.core.db import db
from cityexchange.core.policy import Policy, can
from cityexchange.core.reader import Reader
from cityexchange.identity.models import IdentityProvider


class IdentityProviderPolicy(Policy, model=IdentityProvider):
    """Set up by who speaks for the city, and by the coordination team; its secret is shown to nobody."""

    @classmethod
    def visible(cls, member: Reader):
        return select(IdentityProvider).where(false())

    def edit(self):
        return can(self.member, "run", self.record.city or db.session.get(City, self.record.city_id))

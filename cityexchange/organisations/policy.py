from sqlalchemy import false, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.organisations.models import Organisation


class OrganisationPolicy(Policy, model=Organisation):
    """Members of cities see who else is invited in; guests see their own house (the coordination team adds and edits)."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Organisation).where(false())
        if member.has_team_role("coordinator", "admin"):
            return select(Organisation)
        if member.is_guest:
            own = Organisation.id == member.seat.organisation_id if member.seat else false()
            return select(Organisation).where(own)
        return select(Organisation).where(Organisation.state == "active")

    def create(self):
        return self.member.has_team_role("coordinator", "admin")

    def edit(self):
        return self.create()

    def invite(self):
        """Into a house that takes part."""
        return self.edit() and self.record.is_active

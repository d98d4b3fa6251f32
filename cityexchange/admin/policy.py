from sqlalchemy import false, select

from cityexchange.core.audit import AuditEntry
from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader


class AuditEntryPolicy(Policy, model=AuditEntry):
    """For those who answer for the community."""

    @classmethod
    def visible(cls, member: Reader):
        if member.has_team_role("coordinator", "admin"):
            return select(AuditEntry)
        return select(AuditEntry).where(false())

    def read(self):
        return self.member.has_team_role("coordinator", "admin")

from sqlalchemy import false, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.drafts.models import Draft


class DraftPolicy(Policy, model=Draft):
    """One's own alone, whoever one is, also where one may no longer write: no administrator reads what is not sent."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Draft.member_id == member.id if member.is_authenticated else false()
        return select(Draft).where(mine)

    def keep(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    discard = replace = prefer = keep

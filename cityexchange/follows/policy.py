from sqlalchemy import false, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.follows.models import Follow


class FollowPolicy(Policy, model=Follow):
    """What one follows is one's own affair, also of what is no longer open to one: it can be ended."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Follow.member_id == member.id if member.is_authenticated else false()
        return select(Follow).where(mine)

    def end(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

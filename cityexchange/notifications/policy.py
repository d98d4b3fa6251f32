from sqlalchemy import false, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.notifications.models import Notification


class NotificationPolicy(Policy, model=Notification):
    """One's own alone, but what is there for its mail only. Of the record itself whoever shows a line asks again."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Notification.member_id == member.id if member.is_authenticated else false()
        return select(Notification).where(mine, Notification.is_here)

    def read(self):
        is_mine = self.member.is_authenticated and self.record.member_id == self.member.id
        return is_mine and self.record.is_here

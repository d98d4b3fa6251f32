from sqlalchemy import false, select

from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader
from cityexchange.notifications.models import Notification


class NotificationPolicy(Policy, model=Notification):
    """One's own alone. Of the record itself whoever shows a line asks again."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Notification.member_id == member.id if member.is_authenticated else false()
        return select(Notification).where(mine)

    def read(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

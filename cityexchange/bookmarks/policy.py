from sqlalchemy import false, select

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.policy import Policy
from cityexchange.core.reader import Reader


class BookmarkPolicy(Policy, model=Bookmark):
    """One's own alone, also of what is no longer open to one: it can be dropped. Of the record itself the list asks again (listing.py)."""

    @classmethod
    def visible(cls, member: Reader):
        mine = Bookmark.member_id == member.id if member.is_authenticated else false()
        return select(Bookmark).where(mine)

    def keep(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    drop = edit = keep

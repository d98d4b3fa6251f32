from sqlalchemy import and_, false, or_, select

from cityexchange.bookmarks.kinds import keepables
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import constant
from cityexchange.core.policy import Policy, is_part_visible
from cityexchange.core.reader import Reader


class BookmarkPolicy(Policy, model=Bookmark):
    """One's own alone, as long as one sees what is kept: else its title would tell of it."""

    @classmethod
    def visible(cls, member: Reader):
        if not member.is_authenticated:
            return select(Bookmark).where(false())
        return select(Bookmark).where(
            Bookmark.member_id == member.id, or_(false(), *cls.beside_records(member))
        )

    @classmethod
    def beside_records(cls, member: Reader):
        for kind in keepables:
            is_seen = is_part_visible(member, kind.model, Bookmark.record_id)
            yield and_(Bookmark.record_type == constant(kind.model.__name__), is_seen)

    def keep(self):
        return self.member.is_authenticated and self.record.member_id == self.member.id

    drop = edit = keep

from sqlalchemy import and_, false, or_, select

from cityexchange.core.files.models import File, file_owners
from cityexchange.core.policy import Policy, is_part_visible
from cityexchange.core.reader import Reader


class FilePolicy(Policy, model=File):
    """Visible exactly when the record it hangs on is; what hangs nowhere, to its uploader alone."""

    @classmethod
    def visible(cls, member: Reader):
        return select(File).where(or_(*cls.open_to(member)))

    @classmethod
    def open_to(cls, member: Reader):
        yield false()
        if member.is_authenticated:  # `None` would find files whose uploader is gone
            yield and_(File.record_type.is_(None), File.uploader_id == member.id)
        for model in file_owners:
            is_seen = is_part_visible(member, model, File.record_id)
            yield and_(File.record_type == model.__name__, is_seen)

    def upload(self):
        return self.member.is_authenticated

    def attach(self):
        return self.member.is_authenticated and self.is_own_and_free()

    def remove(self):
        return self.member.is_authenticated and self.is_own_and_free()

    def is_own_and_free(self):
        return self.record.uploader_id == self.member.id and not self.record.is_attached

"""A small feature of the tests' own: notes in a space, written, titled, with a policy."""

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import Timestamped, db
from cityexchange.core.policy import Policy, visible_to
from cityexchange.languages.models import Written
from cityexchange.spaces.models import Space


class Note(Written, Timestamped, db.Model):
    translated_fields = ("title", "text")

    __tablename__ = "test_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class NotePolicy(Policy, model=Note):
    @classmethod
    def visible(cls, member):
        spaces = visible_to(member, Space).with_only_columns(Space.id)
        return select(Note).where(Note.space_id.in_(spaces), Note.is_withdrawn.is_(False))

    def edit(self):
        return self.member.is_authenticated and self.record.author_id == self.member.id

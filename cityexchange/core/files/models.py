"""A file belongs to whoever sent it, until it is attached to a record; from then on it is seen by whoever sees the record."""

import re
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db, utcnow
from cityexchange.core.files.encodings import Decoded
from cityexchange.core.registries import Registry

file_owners = Registry('models that carry files: file_owners.add("Post", Post)')
LINK = re.compile(r"/files/(\d{1,12})/")


class File(db.Model):
    """`place` is where its bytes lie (32 hexadecimal digits, then the size's name); `name` is only shown."""

    __tablename__ = "files"
    __table_args__ = (Index(None, "record_type", "record_id"), Index(None, "uploader_id", "record_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(32), unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(150))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    has_small: Mapped[bool] = mapped_column(default=False)
    uploader_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    record_type: Mapped[str | None] = mapped_column(String(64))
    record_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    uploader: Mapped[Any] = relationship("Member")
    said = cast("Decoded | None", None)
    """What a text says that was sent in just now; not kept."""

    @property
    def is_image(self) -> bool:
        return self.width is not None

    @property
    def is_attached(self) -> bool:
        return self.record_type is not None

    def place_of(self, size: str = "large") -> str:
        return f"{self.place}-{'small' if size == 'small' and self.has_small else 'large'}"


def attach(file: File, record: Any) -> None:
    """Hangs the file on a record, for good. Ask authorize("attach", file) first."""
    name = type(record).__name__
    if name not in file_owners:
        raise TypeError(f"{name} is no file owner")
    if record.id is None:
        db.session.flush()
    if file.is_attached and (file.record_type, file.record_id) != (name, record.id):
        raise ValueError("the file hangs on another record")
    file.record_type, file.record_id = name, record.id


def attach_linked(text: str, record: Any, member: Any) -> list[File]:
    """Hangs on the record what its writer sent in and links to in the text (/files/12/...); others' files stay where they are."""
    numbers = {int(number) for number in LINK.findall(text or "")}
    if not numbers:
        return []
    mine = db.select(File).where(
        File.id.in_(numbers), File.uploader_id == member.id, File.record_type.is_(None)
    )
    files = list(db.session.scalars(mine))
    for file in files:
        attach(file, record)
    return files

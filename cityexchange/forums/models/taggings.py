"""What topics are about."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cityexchange.core.db import db


class Tagging(db.Model):
    """A theme that a topic is about."""

    part_of = "topic"

    __tablename__ = "taggings"
    __table_args__ = (Index(None, "theme_id", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[Any] = relationship("Topic", viewonly=True)

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db


class Theme(db.Model):
    """A policy area, by its key; its label is in the catalogues, in six languages. One that a visit is about cannot be deleted."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    cluster: Mapped[str] = mapped_column(String(1))
    position: Mapped[int] = mapped_column(default=0)

"""Bookmarks of records that are no more."""

from typing import Any

from sqlalchemy import delete, select

from cityexchange.bookmarks.kinds import keepables
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db


def forget_what_is_gone() -> None:
    """Rows that went with a row above them took nothing along that names them by type and number."""
    for kind in keepables:
        model: Any = kind.model
        is_there = select(model.id).where(model.id == Bookmark.record_id).exists()
        of_kind = Bookmark.record_type == model.__name__
        db.session.execute(
            delete(Bookmark).where(of_kind, ~is_there), execution_options={"synchronize_session": False}
        )

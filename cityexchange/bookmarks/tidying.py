"""Bookmarks of records that are no more."""

from cityexchange.bookmarks.kinds import keepables
from cityexchange.bookmarks.models import Bookmark
from cityexchange.core import alongside


def forget_what_is_gone() -> None:
    alongside.forget_what_is_gone(Bookmark, (kind.model for kind in keepables))

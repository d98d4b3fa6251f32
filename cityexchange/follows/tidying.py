"""Choices for records that are no more."""

from cityexchange.core import alongside
from cityexchange.follows.kinds import followables
from cityexchange.follows.models import Follow


def forget_what_is_gone() -> None:
    alongside.forget_what_is_gone(Follow, (kind.model for kind in followables))

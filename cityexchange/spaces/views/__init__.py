"""The pages of spaces: finding one, coming in, who is in it, looking after it."""

from cityexchange.spaces.views import entering, keeping, pages, people  # noqa: F401
from cityexchange.spaces.views.blueprint import bp

__all__ = ["bp"]

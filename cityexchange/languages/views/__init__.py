"""Translating a text, asking a colleague to, what waits, and thanks."""

from cityexchange.languages.views import asking, translating, whole  # noqa: F401
from cityexchange.languages.views.blueprint import bp

__all__ = ["bp"]

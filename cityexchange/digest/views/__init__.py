"""The weekly page, and the answers of one press from it and from the mail."""

from cityexchange.digest.views import pages, presses, reminders  # noqa: F401
from cityexchange.digest.views.blueprint import bp

__all__ = ["bp"]

"""The way to a city's own sign-in and back, and where a city sets it up."""

from cityexchange.identity.views import setting_up, signing_in  # noqa: F401
from cityexchange.identity.views.blueprint import bp

__all__ = ["bp"]

from cityexchange.visits.views import applications, offers, steps  # noqa: F401
from cityexchange.visits.views.blueprint import bp

__all__ = ["bp"]

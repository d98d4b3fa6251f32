"""The pages of membership: applying, the charter, a city's own desk, suspensions."""

from cityexchange.membership.views import applications, deciding, desks, people, suspensions, taking  # noqa: F401
from cityexchange.membership.views.blueprint import bp

__all__ = ["bp"]

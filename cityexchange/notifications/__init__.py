"""Notifications: what concerns a member, of every feature below. They do not know it; it hears their signals."""

from cityexchange.notifications import policy  # noqa: F401


def init_app(app):
    """Nothing to register yet but the policy, by its import."""

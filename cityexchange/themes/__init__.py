"""The taxonomy: theme x instrument x group x stage (practice.md 2.3)."""

from cityexchange.themes import policy  # noqa: F401


def init_app(app):
    pass

"""The taxonomy: theme x instrument x group x stage (practice.md 2.3)."""

from cityexchange.themes import cli, labels, policy  # noqa: F401


def init_app(app):
    labels.init_app(app)
    app.cli.add_command(cli.themes)

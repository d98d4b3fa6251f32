"""What workshops and visits share: wall clocks and instants, sessions, calendar files."""

from cityexchange.events import cli, policy  # noqa: F401


def init_app(app):
    app.cli.add_command(cli.events)

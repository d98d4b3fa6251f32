"""What workshops and visits share: wall clocks and instants, sessions, calendar files."""

from cityexchange.events import cli, policy, words  # noqa: F401


def init_app(app):
    words.init_app(app)
    app.cli.add_command(cli.events)

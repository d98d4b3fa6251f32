"""The illustrative community: 48 real cities, invented people, everything flagged. Never in production."""

from cityexchange.demo import cli, sign_in


def init_app(app):
    app.cli.add_command(cli.demo)
    if app.config["IS_DEMO_ALLOWED"]:
        sign_in.init_app(app)

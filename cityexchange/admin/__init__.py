"""The coordinator's desk: what waits for the team, and who did what."""

from cityexchange.admin import policy, unwell, views  # noqa: F401


def init_app(app):
    unwell.init_app()
    app.register_blueprint(views.bp)

"""The coordinator's desk: what waits for the team, and who did what."""

from cityexchange.admin import policy, views, waits  # noqa: F401


def init_app(app):
    waits.init_app()
    app.register_blueprint(views.bp)

"""The coordinator's desk: what waits for the team, and who did what."""

from cityexchange.admin import policy, views  # noqa: F401
from cityexchange.core.registries import start_panels


def init_app(app):
    start_panels.add("desk", views.start_panel, order=5)
    app.register_blueprint(views.bp)

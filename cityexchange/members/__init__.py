"""Members: people who act for a city, and how they sign in."""

from cityexchange.members import labels, policy, receivers, security, views  # noqa: F401


def init_app(app):
    labels.init_app(app)
    security.init_app(app)
    app.register_blueprint(views.bp)

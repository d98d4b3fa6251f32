"""Cities: who takes part."""

from cityexchange.cities import labels, policy, views  # noqa: F401


def init_app(app):
    labels.init_app(app)
    app.register_blueprint(views.bp)

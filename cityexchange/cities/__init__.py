"""Cities: who takes part."""

from cityexchange.cities import policy, views  # noqa: F401


def init_app(app):
    app.register_blueprint(views.bp)

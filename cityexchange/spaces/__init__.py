"""Spaces: who may read and write together, under which confidentiality class."""

from cityexchange.spaces import labels, policy, receivers, views  # noqa: F401


def init_app(app):
    labels.init_app(app)
    app.register_blueprint(views.bp)

"""Cities: who takes part."""

from cityexchange.cities import labels, mentions, policy, views  # noqa: F401
from cityexchange.core.text import Sign, mention_resolvers


def init_app(app):
    labels.init_app(app)
    mention_resolvers.add("cities", Sign("#", mentions.resolve))
    app.register_blueprint(views.bp)

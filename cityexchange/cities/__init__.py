"""Cities: who takes part."""

from flask_babel import lazy_gettext as _l

from cityexchange.cities import labels, mentions, policy, views  # noqa: F401
from cityexchange.core.text import Sign, mention_resolvers
from cityexchange.languages.labels import field_words


def init_app(app):
    labels.init_app(app)
    field_words.add("about", _l("About the city"))
    mention_resolvers.add("cities", Sign("#", mentions.resolve))
    app.register_blueprint(views.bp)

"""Cities: who takes part."""

from flask_babel import lazy_gettext as _l

from cityexchange.cities import assessments, labels, mentions, paving, policy, views, waits  # noqa: F401
from cityexchange.core.text import MentionKind, mention_resolvers
from cityexchange.languages.labels import field_words

FIELDS = {"about": _l("About the city"), "why": _l("Reason"), "evidence": _l("Evidence")}


def init_app(app):
    labels.init_app(app)
    paving.init_app(app)
    waits.init_app()
    for field, words in FIELDS.items():
        field_words.add(field, words)
    mention_resolvers.add("cities", MentionKind("#", mentions.resolve))
    app.register_blueprint(views.bp)

"""Organisations of other kinds than a city: their people are guests (practice.md 1.1, R17 and R21)."""

from flask_babel import lazy_gettext as _l

from cityexchange.languages.labels import field_words
from cityexchange.organisations import labels, policy  # noqa: F401


def init_app(app):
    labels.init_app(app)
    field_words.add("about", _l("About"))

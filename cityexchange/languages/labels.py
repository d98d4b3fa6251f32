"""What the fields that people translate are called, in the reader's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Registry

field_words = Registry("what a translated field is called: lazy words by the field's name")


def translated_words(title: Any) -> str:
    """Of a Reading of a title, in a list: "" where it is the original, and where it is none at all but words of ours."""
    if not getattr(title, "is_translation", False):
        return ""
    return _("Title translated") if title.is_half else _("Translated")


def init_app(app):
    for field, words in {
        "title": _l("Title"),
        "text": _l("Text"),
        "name": _l("Name"),
        "description": _l("Description"),
        "reason": _l("Reason"),
    }.items():
        field_words.add(field, words)
    app.jinja_env.globals["field_words"] = field_words
    app.jinja_env.filters["translated_words"] = translated_words

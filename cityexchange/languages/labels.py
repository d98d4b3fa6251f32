"""What the fields that people translate are called, in the reader's language."""

from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Registry

field_words = Registry("what a translated field is called: lazy words by the field's name")


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

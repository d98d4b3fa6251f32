"""The words for the answers of one press."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

ANSWER_WORDS = {
    "same": _l("We do this too"),
    "help": _l("I can help"),
    "no": _l("Not for me"),
}


def said_words(answer: str) -> str:
    """What follows of an answer, said to who gave it."""
    return {
        "same": _("Thank you. Whoever asked hears that your city does this too."),
        "help": _("Thank you. Whoever asked hears that you can help."),
        "no": _("It does not come again, and questions like it come later. Nobody else is told."),
    }[answer]


def first_words(answer: str, city: Any) -> str:
    """How a reply may begin."""
    if answer == "help":
        return _("I can help with this, from what we have done in %(city)s.", city=city) + " "
    return _("In %(city)s we do this too.", city=city) + " "


def init_app(app):
    app.jinja_env.filters.update(answer_words=lambda key: ANSWER_WORDS[key], said_words=said_words)

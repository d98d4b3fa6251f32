"""The four levels in words."""

from flask_babel import lazy_gettext as _l

from cityexchange.follows.kinds import LEVELS, followables
from cityexchange.follows.models import level_chosen

NAMES = {
    "muted": _l("Muted"),
    "normal": _l("Normal"),
    "following": _l("Following"),
    "everything": _l("Everything"),
}
NORMAL = _l("Only what names me or answers me.")
OF_TOPICS = {
    "muted": _l("Nothing, not even when somebody names me. What I follow myself still tells me."),
    "normal": NORMAL,
    "following": _l("Every new topic. Replies only where I follow the topic."),
    "everything": _l("Every new topic and every reply."),
}
"""Of what topics stand in."""


def level_name(level):
    return NAMES[level]


def level_word(level):
    """Of its number too; normal where nothing is chosen."""
    return LEVELS[level] if isinstance(level, int) else level or "normal"


def level_choices(kind):
    """[(level, its name, what it means of this kind of record)], the most first."""
    meanings = followables[kind].meanings
    return [(level, NAMES[level], meanings[level]) for level in reversed(LEVELS)]


def init_app(app):
    app.jinja_env.filters.update(level_name=level_name, level_word=level_word)
    app.jinja_env.globals.update(level_choices=level_choices, level_chosen=level_chosen)

"""What is said to who wrote or decided while something became of a topic or its space."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.registries import Ended, ended
from cityexchange.forums.models import Post

WORDS = {
    "topic_closed": (
        _l("This topic was closed meanwhile"),
        _l("It takes no more replies, and what was written in it stays as it is. Nothing was sent."),
    ),
    "topic_held": (
        _l("This topic is held for review"),
        _l("It takes no replies until a facilitator has looked at it. Nothing was sent."),
    ),
    "topic_open": (
        _l("This topic is open again already"),
        _l("Somebody reopened it, or nobody had closed it. You can write in it."),
    ),
    "topic_archived": (
        _l("This space was archived meanwhile"),
        _l("What was written in it can still be read; it takes nothing new. Nothing was sent."),
    ),
    "topic_removed": (
        _l("This topic was removed meanwhile"),
        _l("It takes no more replies. Nothing was sent."),
    ),
}


def way(record):
    return url_for("forums.show_post" if isinstance(record, Post) else "forums.show_topic", id=record.id)


def init_app():
    for name, words in WORDS.items():
        ended.add(name, Ended(*words, way, _l("Back to the topic")))

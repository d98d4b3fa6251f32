"""Topics and forums among what a member follows."""

from flask import url_for
from flask_babel import lazy_gettext as _l

from cityexchange.core.reader import OneReader
from cityexchange.follows.kinds import Followable, Followed, followables
from cityexchange.follows.labels import NORMAL, OF_TOPICS
from cityexchange.follows.naming import named_lines
from cityexchange.forums import bookmarks
from cityexchange.forums.models import Forum, Topic
from cityexchange.languages.reading import best_readings, reader_languages

OF_REPLIES = {
    "muted": _l("Nothing, not even when somebody names me in it."),
    "normal": NORMAL,
    "following": _l("Every reply, and when an answer is marked."),
    "everything": _l("Every reply, and when it is answered, closed or opened again."),
}


def topics(reader: OneReader, ids):
    found = bookmarks.lines(reader, ids)
    titles = best_readings(reader_languages(), found, ("title",))
    return [
        Followed(one.id, titles["Topic", one.id, "title"], url_for("forums.show_topic", id=one.id))
        for one in found
    ]


def init_app():
    topic = Followable(Topic, _l("Topic"), _l("Topics"), "forum", OF_REPLIES, topics)
    forums = named_lines(Forum, lambda row: url_for("forums.show_forum", slug=row.slug), "slug")
    forum = Followable(Forum, _l("Forum"), _l("Forums"), "forum", OF_TOPICS, forums)
    followables.add("Topic", topic, order=10)
    followables.add("Forum", forum, order=20)

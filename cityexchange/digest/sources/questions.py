"""Questions without an answer that the member can answer: by a language they read, and what their city or they know."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from cityexchange.core.i18n import language_name
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.models import ANSWERS
from cityexchange.digest.topics import items_of, moment, newest_topics, themes_of, unanswered_by, untold
from cityexchange.forums.listing import is_waiting
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.themes.labels import theme_label

WIDELY_READ = "en"
"""A question in another language waits for fewer people."""


def find(hour: Hour) -> list[Item]:
    if not hour.themes:
        return []
    found = sorted(newest_topics(hour, waiting), key=lambda row: _distance(row, hour))
    return items_of(found, hour, lambda row: _why(row, hour), _("Read it and answer"), answers=ANSWERS)


def waiting(reader: Reader):
    yield is_waiting()
    yield Topic.author_id != reader.id
    yield Topic.last_posted_at > moment("month_ago")
    yield Topic.language.in_(bindparam("languages", expanding=True))
    yield unanswered_by(reader)
    yield untold(reader, "Topic", Topic.id)
    written = select(Post.id).where(Post.topic_id == Topic.id, Post.author_id == reader.id)
    yield ~written.correlate(Topic).exists()


def _distance(row, hour):
    """What the member was put off by comes last; then what their city knows, in a language that few read, and what is newest."""
    themes = themes_of(row, hour)
    nearness = ["offer", "ask", "need"].index(hour.themes[themes[0]])
    put_off = max(hour.put_off.get(key, 0) for key in themes)
    return put_off, nearness, base(row.language) in (WIDELY_READ, UNDETERMINED), -row.created_at.timestamp()


def _why(row, hour):
    theme = themes_of(row, hour)[0]
    names = {"theme": theme_label(theme), "city": hour.reader.city.name if hour.reader.city else ""}
    if base(row.language) == UNDETERMINED:
        return _about_theme(hour.themes[theme], names)
    return _about_both(hour.themes[theme], names | {"language": language_name(base(row.language))})


def _about_theme(relation, names):
    if relation == "offer":
        return _("%(city)s can share experience with this: %(theme)s.", **names)
    if relation == "ask":
        return _("You may be asked about this: %(theme)s.", **names)
    return _("%(city)s works on this too: %(theme)s.", **names)


def _about_both(relation, names):
    if relation == "offer":
        return _("You read %(language)s, and %(city)s can share experience with this: %(theme)s.", **names)
    if relation == "ask":
        return _("You read %(language)s, and you may be asked about this: %(theme)s.", **names)
    return _("You read %(language)s, and %(city)s works on this too: %(theme)s.", **names)

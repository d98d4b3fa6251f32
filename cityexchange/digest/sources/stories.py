"""One thing to read: a story of this week, or a question that was answered, on what the member's city needs."""

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from cityexchange.core.db import among
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.topics import (
    is_on_themes,
    items_of,
    moment,
    newest_topics,
    themes_of,
    unanswered_by,
    untold,
)
from cityexchange.forums.models import ANSWERED, Answer, Topic
from cityexchange.forums.standing import has_unread
from cityexchange.themes.labels import theme_label


def find(hour: Hour) -> list[Item]:
    if not hour.themes:
        return []
    found = sorted(newest_topics(hour, of_the_week, worth_reading), key=lambda row: _distance(row, hour))
    return items_of(found, hour, lambda row: _why(row, hour), _("Read it"), answers=("no",))


def of_the_week(reader: Reader):
    yield Topic.last_posted_at > moment("week_ago")


def worth_reading(reader: Reader, topic):
    told = among(topic.kind, ("story",)) & (topic.created_at > moment("week_ago"))
    marked = select(Answer.post_id).where(Answer.topic_id == topic.id, Answer.marked_at > moment("week_ago"))
    yield or_(told, and_(among(topic.state, ANSWERED), marked.correlate(topic).exists()))
    yield is_on_themes(topic)
    yield topic.author_id != reader.id
    yield has_unread(topic)
    yield unanswered_by(reader, topic)
    yield untold(reader, "Topic", topic)


def _distance(row, hour):
    themes = themes_of(row, hour)
    put_off = max(hour.put_off.get(key, 0) for key in themes)
    is_needed = any(hour.themes[key] == "need" for key in themes)
    return put_off, not is_needed, row.language not in hour.languages, row.kind != "story"


def _why(row, hour):
    names = {"theme": theme_label(themes_of(row, hour)[0])}
    if row.kind == "story":
        return _("A story of this week on one of your themes: %(theme)s.", **names)
    return _("A question that was answered this week, on one of your themes: %(theme)s.", **names)

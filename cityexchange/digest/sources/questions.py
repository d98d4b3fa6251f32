"""Questions without an answer that the member can answer: by a language they read, and what their city or they know."""

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select

from cityexchange.core.db import among
from cityexchange.core.i18n import language_name
from cityexchange.core.reader import Reader
from cityexchange.digest.items import Hour, Item
from cityexchange.digest.models import ANSWERS
from cityexchange.digest.topics import (
    is_on_themes,
    items_of,
    moment,
    newest_topics,
    themes_of,
    unanswered_by,
    untold,
)
from cityexchange.forums.listing import is_waiting
from cityexchange.forums.models import Post
from cityexchange.forums.tags import keys_in
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.themes.labels import theme_label

WIDELY_READ = ("en", UNDETERMINED)
"""A question in another language waits for fewer people: it comes, after all others, also where it is on no theme of theirs."""
FAR = 3


def find(hour: Hour) -> list[Item]:
    found = sorted(newest_topics(hour, waiting, fitting), key=lambda row: _distance(row, hour))
    return items_of(found, hour, lambda row: _why(row, hour), _("Read it and answer"), answers=ANSWERS)


def waiting(reader: Reader):
    yield is_waiting()


def fitting(reader: Reader, topic):
    yield topic.last_posted_at > moment("half_a_year_ago")
    yield topic.author_id != reader.id
    if reader.is_official and reader.seat:  # colleagues have other ways to each other
        city = topic.author_city_id
        yield or_(city.is_(None), city != reader.seat.city_id)
    yield topic.language.in_(bindparam("languages", expanding=True))
    yield or_(is_on_themes(topic), ~among(topic.language, WIDELY_READ))
    yield unanswered_by(reader, topic)
    yield untold(reader, "Topic", topic)
    written = select(Post.id).where(Post.topic_id == topic.id, Post.author_id == reader.id)
    yield ~written.correlate(topic).exists()


def _distance(row, hour):
    """What the member was put off by comes last; then what their city knows, in a language that few read, and what is newest."""
    themes = themes_of(row, hour)
    nearness = ["offer", "ask", "need"].index(hour.themes[themes[0]]) if themes else FAR
    put_off = max((hour.put_off.get(key, 0) for key in keys_in(row.theme_keys)), default=0)
    return put_off, nearness, base(row.language) in WIDELY_READ, -row.created_at.timestamp()


def _why(row, hour):
    language = {"language": language_name(base(row.language))}
    if not (themes := themes_of(row, hour)):
        return _("It is asked in a language that you read and not everybody does: %(language)s.", **language)
    names = {"theme": theme_label(themes[0]), "city": hour.reader.city.called if hour.reader.city else ""}
    if base(row.language) == UNDETERMINED:
        return _about_theme(hour.themes[themes[0]], names)
    return _about_both(hour.themes[themes[0]], names | language)


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

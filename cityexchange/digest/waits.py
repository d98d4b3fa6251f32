"""One question that a member may be able to answer, among what waits for them."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, bindparam, case, or_, select

from cityexchange.cities.models import Interest
from cityexchange.core.db import at_most, constant
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import Reader
from cityexchange.core.waiting import MOST, Said, Wait, lines, moment, waits
from cityexchange.digest.topics import unanswered_by
from cityexchange.forums.listing import has_row, is_waiting
from cityexchange.forums.models import Tagging, Topic

WINDOW = 20
"""So many of the newest are looked at: what fits best stands first."""
WHY = {
    "both": _l("In a language that you read, on a theme of your city, and nobody's answer has helped yet."),
    "theme": _l("It is on a theme of your city, and nobody's answer has helped yet."),
    "language": _l("It is asked in a language that you read, and nobody's answer has helped yet."),
}
"""By how it fits, the best first."""


def questions(reader: Reader):
    """Of others, open, in a language the reader reads or on a theme of their city, not put off; both first."""
    if not (reader.is_official and reader.seat):
        return None
    themes = select(Interest.theme_id).where(Interest.city_id == reader.seat.city_id)
    tagged = select(Tagging.theme_id).where(Tagging.topic_id == Topic.id, Tagging.theme_id.in_(themes))
    in_language = Topic.language.in_(bindparam("languages", expanding=True))
    city = or_(Topic.author_city_id.is_(None), Topic.author_city_id != reader.seat.city_id)
    found = visible_to(reader, Topic).where(
        is_waiting(),
        Topic.author_id != reader.id,
        city,
        Topic.last_posted_at > moment("half_a_year_ago"),
        unanswered_by(reader, Topic),
        or_(in_language, has_row(tagged)),
    )
    fits = has_row(tagged), in_language
    note = case((and_(*fits), constant("both")), (fits[0], constant("theme")), else_=constant("language"))
    newest = found.add_columns(note.label("fit")).order_by(Topic.last_posted_at.desc(), Topic.id.desc())
    topic = newest.limit(at_most(WINDOW)).subquery("fitting").c
    best = select(topic.id).order_by(
        topic.fit != constant("both"), topic.fit.desc(), topic.last_posted_at.desc()
    )
    known = {"title": topic.title, "language": topic.language, "since": topic.created_at, "note": topic.fit}
    return lines(best.limit(at_most(MOST)), "Topic", topic.id, **known)


def say(row):
    return Said(
        kind=_("You may know this"),
        why=WHY[row.note],
        way=_("Read it and answer"),
        address=url_for("forums.show_topic", id=row.id),
    )


def best_first(row):
    return [*WHY].index(row.note), -row.since.timestamp()


def init_app():
    waits.add("question", Wait("question", questions, say, "forum", order=best_first), order=70)

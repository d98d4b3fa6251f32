"""Of languages: a text of mine was translated, or one that I asked for; a colleague waits for one, or says thank you."""

from sqlalchemy import select

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.models import name_of
from cityexchange.core.policy import is_visible
from cityexchange.languages.signals import (
    text_translated,
    translation_arrived,
    translation_asked,
    translators_thanked,
)
from cityexchange.members.models import Member
from cityexchange.notifications.audience import these
from cityexchange.notifications.gone import take_back_occasion
from cityexchange.notifications.models import notify
from cityexchange.notifications.translators import ASKED, KIND, translators_for

WHOLES = {
    "ApplicationText": "application",
    "EventSession": "workshop",
    "LearningGoal": "application",
    "LearningObjective": "workshop",
    "OfferText": "visit",
    "VisitSite": "visit",
}
"""By the type of a part: the record on whose page it is read."""
WRITERS = {
    "Message": "author_id",
    "Post": "author_id",
    "StateChange": "actor_id",
    "StudyVisit": "offered_by_id",
    "Topic": "author_id",
    "VisitApplication": "applicant_id",
    "VisitChange": "actor_id",
    "Workshop": "organiser_id",
}
"""By the type of a record: who wrote it. Names of places, and what a city says of itself, are nobody's own."""
PLACES = {"Post": ("topic", "position"), "Message": ("room", "number")}
"""In which conversation it stands, and under which number."""


@text_translated.connect
def tell_its_writer(record, translation):
    """Once for each language."""
    whole = getattr(record, WHOLES.get(type(record).__name__, ""), record)
    writer = db.session.get(Member, writer_of(whole)) if writer_of(whole) else None
    if writer is None or writer.id == translation.author_id:
        return
    if writer.active and is_visible(writer, whole):
        occasion = f"translation:{name_of(whole)}:{translation.language}"
        facts = {"language": translation.language}
        # To the minute, as where names are hidden: who translates there is not told either.
        at = utcnow().replace(second=0, microsecond=0)
        notify(occasion, these(), "translation", whole, *place_of(whole), ids=[writer.id], facts=facts, at=at)


@translation_asked.connect
def tell_who_could_translate(record, language, asker_id):
    """A few of those who know both languages; not who asked."""
    ids = translators_for(record, language, asker_id)
    tell_about(record, language, KIND, ASKED, ids)


@translation_arrived.connect
def tell_who_asked(record, translation, member_ids):
    """And nobody is asked for it any more; into other languages they are."""
    take_back_occasion(occasion_of(ASKED, record, translation.language), ASKED, record)
    ids = [id for id in member_ids if id != translation.author_id]
    tell_about(record, translation.language, "translation", "languages/arrived", ids)


@translators_thanked.connect
def tell_who_translated(record, language, author_ids):
    """Once for a text and a language, however many say it: how many stands on the page."""
    tell_about(record, language, "translation", "languages/thanked", author_ids)


def tell_about(record, language, kind, template, ids):
    members = db.session.scalars(select(Member).where(Member.id.in_(ids), Member.state == "active"))
    seeing = [one.id for one in members if is_visible(one, record)]
    if not seeing:
        return
    occasion = occasion_of(template, record, language)
    facts = {"language": language, "type": type(record).__name__}
    at = utcnow().replace(second=0, microsecond=0)
    told = {"template": template, "facts": facts, "ids": seeing, "at": at}
    notify(occasion, these(), kind, record, *place_of(record), **told)


def occasion_of(template, record, language):
    return f"{template}:{name_of(record)}:{language}"


def writer_of(whole):
    return getattr(whole, WRITERS.get(type(whole).__name__, ""), None)


def place_of(whole):
    """(conversation, its number there or None)"""
    names = PLACES.get(type(whole).__name__)
    return (getattr(whole, names[0]), getattr(whole, names[1])) if names else (whole, None)

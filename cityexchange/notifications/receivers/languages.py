"""Of languages: a text of mine was translated."""

from cityexchange.core.db import db, utcnow
from cityexchange.core.mail.models import name_of
from cityexchange.core.policy import is_visible
from cityexchange.languages.signals import text_translated
from cityexchange.members.models import Member
from cityexchange.notifications.audience import these
from cityexchange.notifications.models import notify

WHOLES = {
    "ApplicationText": "application",
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
PLACES = {"Post": "topic", "Message": "room"}
"""In which conversation it stands."""


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
        notify(occasion, these(), "translation", whole, place_of(whole), ids=[writer.id], facts=facts, at=at)


def writer_of(whole):
    return getattr(whole, WRITERS.get(type(whole).__name__, ""), None)


def place_of(whole):
    return getattr(whole, PLACES.get(type(whole).__name__, ""), whole)

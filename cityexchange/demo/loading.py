"""Which parts of the data files are loaded, by what; the rest is named, so that nothing is dropped silently."""

from sqlalchemy import delete, update

from cityexchange.core import audit
from cityexchange.core.db import db, utcnow
from cityexchange.core.mail import OutgoingMail
from cityexchange.demo import boards, bookmarks, community, journeys, meetings, notifications, talk, weeks
from cityexchange.demo.translations import translate_by_the_book, translate_ui_names
from cityexchange.notifications.models import Notification
from cityexchange.themes.taxonomy import load_taxonomy

LOADED = ("people", "threads", "workshops", "study_visits", "bookmarks")
NOT_YET = {
    "good_practices": "the library of good practices",
    "courses": "courses",
    "partnerships": "partnerships",
}
"""Parts of demo.json that have no home yet, and the feature that will bring it."""
NOT_YET_INSIDE = {
    "threads": "queries with their questions, deadline and sharing",
    "study_visits": "the reports of visits and their follow-up actions",
    "workshops": "certificates of workshops",
}
"""What is left out of the parts that are loaded (`boards.LATER`, for one)."""


def left_out():
    """What whoever loads it hears: parts, and what is inside of parts."""
    return [*NOT_YET.values(), *NOT_YET_INSIDE.values()]


def load():
    """Everything that has a home, into an empty database. Nobody invented is sent a mail."""
    load_taxonomy()
    audit.record("load_community")
    community.load_cities()
    members = community.load_people()
    spaces = community.load_spaces(members)
    forums = boards.load_forums(spaces)
    boards.load_threads(members, forums)
    boards.load_talks(members, forums)
    boards.load_added_threads(members, forums)
    meetings.load_workshops(members)
    journeys.load_visits(members)
    talk.load_rooms(members, spaces)
    bookmarks.load_bookmarks(members)
    translate_ui_names(members["coord"])
    translate_by_the_book(members["coord"])
    weeks.begin_the_week()
    db.session.flush()
    notifications.put_in_time()
    db.session.execute(delete(OutgoingMail))
    db.session.execute(update(Notification).values(mailed_at=utcnow()))

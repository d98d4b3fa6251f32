"""One of each record that visitors' pages show, the versions of those pages, and other values for all its fields."""

from datetime import date, timedelta

from sqlalchemy import JSON, DateTime, inspect

from cityexchange.core.called import Called
from cityexchange.core.db import UTCDateTime, db, utcnow
from cityexchange.forums.boards import version_of_boards
from cityexchange.forums.reading import version_of_topic
from cityexchange.home import landing
from cityexchange.languages.models import translate
from cityexchange.members.models.people import Visitor
from cityexchange.workshops import listing, reading
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory

OTHER = {
    ("Translation", "origin"): "reviewed",
    ("Topic", "kind"): "story",
    ("Topic", "state"): "closed",
    ("Space", "confidentiality"): "members",
    ("Space", "joining"): "invitation",
    ("City", "state"): "suspended",
    ("City", "called"): Called("Sousse", {"ar": "سوسة"}),
    ("Workshop", "state"): "registration_closed",
    ("Workshop", "scope"): "regional",
    ("Workshop", "mode"): "online",
    ("Workshop", "joining_link"): "https://meet.example",
    ("StateChange", "to_state"): "cancelled",
    ("Registration", "state"): "waitlisted",
    ("Registration", "mode"): "in_person",
    ("StudyVisit", "state"): "selecting",
    ("StudyVisit", "mode"): "hybrid",
    ("StudyVisit", "interpretation"): "whisper",
    ("StudyVisit", "group_min"): 6,
    ("StudyVisit", "group_max"): 11,
    ("StudyVisit", "per_city"): 1,
    ("StudyVisit", "call_opened_at"): None,
}
"""Where not any other value will do."""
KEPT_BACK = {"version", "created_at", "updated_at", "render_version", "starts_on", "ends_on"}
"""Columns that count what is changed, or stand in a check together."""


class House:
    """One of each record that visitors' pages show."""

    def __init__(self):
        self.city, self.author = CityFactory(name="Sfax"), MemberFactory(name="Ana Example")
        self.space = SpaceFactory(confidentiality="public", slug="house")
        self.forum = ForumFactory(space=self.space, slug="stairs")
        self.topic = start_topic(self.forum, self.author)
        self.post = self.topic.post(self.author, "Mine.")
        self.answer = self.topic.mark_answer(self.post, self.author)
        self.workshop = WorkshopFactory(is_open=True, space_id=self.space.id, host_city_id=self.city.id)
        self.schedule, self.objective = self.workshop.schedule, self.workshop.objectives[0]
        self.session, self.step = self.schedule.sessions[0], self.workshop.last_change
        self.registration = self.workshop.register(self.author, "online", "en")
        self.visit = open_visit()
        self.host = self.visit.host_city
        for name in ("topic", "post", "forum", "space", "workshop", "objective", "session", "visit"):
            record = getattr(self, name)
            setattr(
                self, f"said_of_{name}", translate(record, record.translated_fields[0], "fr", "Dit autrement")
            )
        self.written_in = {"topic": self.topic.id, "workshop": self.workshop.id}
        db.session.commit()

    @property
    def versions(self):
        """Of each page, as one who asks for it now finds it."""
        db.session.commit()
        visitor = Visitor()
        return {
            "topic": version_of_topic(visitor, self.written_in["topic"]),
            "boards": version_of_boards(visitor),
            "forum": version_of_boards(visitor, "stairs"),
            "workshop": reading.version_of(visitor, self.written_in["workshop"]),
            "workshops": listing.version(),
            "landing": landing.version_of_landing(visitor),
        }

    def changed_by(self, deed):
        """Names of the pages that have another version afterwards."""
        before = self.versions
        deed()
        after = self.versions
        return {name for name in before if before[name] != after[name]}


def other(record, column):
    """Another value for this column."""
    key, value = (type(record).__name__, column.key), getattr(record, column.key)
    if key in OTHER:
        return OTHER[key]
    if isinstance(column.columns[0].type, UTCDateTime | DateTime):
        return (value or utcnow()) + timedelta(days=1)
    if isinstance(column.columns[0].type, JSON):
        return {**value, "max_per_city": 3} if isinstance(value, dict) else [*(value or ()), "en"]
    kind = column.columns[0].type.python_type
    if kind is bool:
        return not value
    if kind is date:
        return date(2031, 2, 3)
    if kind in (int, float):
        return (value or 0) + 7
    return f"{value or ''}x"[-(column.columns[0].type.length or 60) :]


def fields(record):
    """What of a record can be another: neither its keys nor what it hangs on."""
    return [
        one
        for one in inspect(type(record)).column_attrs
        if not (one.columns[0].primary_key or one.columns[0].foreign_keys)
        and one.key not in KEPT_BACK | {"record_type", "record_id"}
    ]

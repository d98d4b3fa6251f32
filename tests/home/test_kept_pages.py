"""Whatever stands on a page that visitors share changes its version, whoever changes it and however; and nothing waits for the clock."""

from datetime import date, timedelta
from functools import partial
from threading import Event, Thread

import pytest
from sqlalchemy import DateTime, inspect

from cityexchange.core.db import UTCDateTime, db, rows, unit_of_work, utcnow
from cityexchange.forums.listing import version_of_boards
from cityexchange.forums.models import Post, Topic
from cityexchange.forums.reading import version_of_topic
from cityexchange.home import views
from cityexchange.languages.models import Translation, translate
from cityexchange.languages.signs import version_of_signs
from cityexchange.members.models.people import Visitor
from cityexchange.workshops import listing, showing
from cityexchange.workshops.models import Workshop
from tests.factories import CityFactory, MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory, organiser, slot

OTHER = {
    ("Translation", "origin"): "reviewed",
    ("Topic", "kind"): "story",
    ("Topic", "state"): "closed",
    ("Space", "confidentiality"): "members",
    ("Space", "joining"): "invitation",
    ("City", "state"): "suspended",
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
            "workshop": showing.version_of(visitor, self.written_in["workshop"]),
            "workshops": listing.version(),
            "landing": views.version_of_landing(),
        }

    def changed_by(self, deed):
        """Names of the pages that have another version afterwards."""
        before = self.versions
        deed()
        after = self.versions
        return {name for name in before if before[name] != after[name]}


@pytest.fixture
def house(app):
    with app.test_request_context("/"):
        yield House()


FORUM = {"boards", "forum"}
TALK = {"topic", *FORUM}
MEETING = {"workshop", "workshops", "landing"}
SHOWN = {
    "topic": TALK,
    "post": TALK,
    "answer": TALK,
    "forum": FORUM,
    "space": TALK | MEETING,
    "workshop": MEETING,
    "schedule": MEETING,
    "objective": MEETING,
    "session": MEETING,
    "step": MEETING,
    "registration": MEETING,
    "visit": {"landing"},
    "city": {"landing"},
    "said_of_topic": TALK,
    "said_of_post": TALK,
    "said_of_forum": TALK,
    "said_of_space": TALK | MEETING,
    "said_of_workshop": MEETING,
    "said_of_objective": MEETING,
    "said_of_session": MEETING,
    "said_of_visit": {"landing"},
}
NAMES = {
    ("author", "name"): TALK | MEETING,
    ("city", "name"): MEETING,
    ("city", "slug"): MEETING,
    ("host", "name"): {"landing"},
    ("forum", "name"): TALK,
    ("forum", "slug"): {"topic", "boards"},
    ("forum", "language"): TALK,
}


def other(record, column):
    """Another value for this column."""
    key, value = (type(record).__name__, column.key), getattr(record, column.key)
    if key in OTHER:
        return OTHER[key]
    if isinstance(column.columns[0].type, UTCDateTime | DateTime):
        return (value or utcnow()) + timedelta(days=1)
    kind = column.columns[0].type.python_type
    if kind is bool:
        return not value
    if kind in (list, dict):
        return {"fr": 1} if kind is dict else [*(value or ()), ["en", "uk"]]
    if kind is date:
        return date(2031, 2, 3)
    return (value or 0) + 7 if kind in (int, float) else f"{value or ''}x"[-60:]


def fields(record):
    """What of a record can be another: neither its keys nor what it hangs on."""
    return [
        one
        for one in inspect(type(record)).column_attrs
        if not (one.columns[0].primary_key or one.columns[0].foreign_keys)
        and one.key not in KEPT_BACK | {"record_type", "record_id"}
    ]


@pytest.mark.parametrize("name", SHOWN)
def test_each_field_of_what_a_page_shows_gives_it_another_version(house, name):
    for column in fields(record := getattr(house, name)):
        values = other(record, column), getattr(record, column.key)
        there, back = (house.changed_by(partial(setattr, record, column.key, value)) for value in values)

        assert SHOWN[name] <= there, column.key
        assert SHOWN[name] <= back, column.key


@pytest.mark.parametrize("name, column", NAMES)
def test_a_name_is_another_version_of_whatever_it_stands_on(house, name, column):
    record = getattr(house, name)

    assert NAMES[name, column] <= house.changed_by(lambda: setattr(record, column, "other"))


PARTS = {
    "an objective more": (lambda h: h.workshop.aim_at(["One", "Two", "Three"]), MEETING),
    "an objective less": (lambda h: h.workshop.aim_at(["One"]), MEETING),
    "a theme more": (lambda h: h.workshop.themes.append(ThemeFactory()), MEETING),
    "a session more": (lambda h: h.workshop.meet("UTC", [slot(), slot(days=41)]), MEETING),
    "a place given back": (lambda h: h.registration.withdraw(), MEETING),
    "a step": (lambda h: h.workshop.postpone(None, "Floods"), MEETING),
    "a theme of a topic": (lambda h: h.topic.themes.append(ThemeFactory()), TALK),
    "an answer taken back": (lambda h: h.topic.unmark_answer(h.post), TALK),
    "a topic taken to another forum": (
        lambda h: setattr(h.topic, "forum", ForumFactory(space=h.space)),
        {"topic", "boards", "forum"},
    ),
    "a topic more": (lambda h: start_topic(h.forum, h.author), FORUM),
    "a reply": (lambda h: h.topic.post(h.author, "More."), TALK),
    "an edit": (lambda h: opening(h.topic).edit(h.author, "Else.", version=1), TALK),
    "a post removed": (lambda h: h.post.remove(h.author), TALK),
    "a translation gone": (lambda h: db.session.delete(h.said_of_objective), MEETING),
    "a translation of a name gone": (lambda h: db.session.delete(h.said_of_forum), TALK),
    "posts changed in the database": (
        lambda h: db.session.execute(db.update(Post).where(Post.topic_id == h.topic.id).values(pen_name="")),
        TALK,
    ),
    "topics changed in the database": (
        lambda h: db.session.execute(db.update(Topic).values(kind="story")),
        TALK,
    ),
    "translations deleted in the database": (
        lambda h: db.session.execute(db.delete(Translation)),
        TALK | MEETING,
    ),
}


@pytest.mark.parametrize("deed", PARTS)
def test_parts_that_come_and_go_give_a_page_another_version(house, deed):
    act, pages = PARTS[deed]

    assert pages <= house.changed_by(lambda: act(house))


def test_what_no_page_shows_leaves_all_versions_as_they_are(house):
    def read_on():
        house.author.job_title = "Archivist"
        house.topic.title = str(house.topic.title)

    assert house.changed_by(read_on) == set()


def test_a_transaction_raises_a_version_once_however_much_it_changes(house):
    before = house.workshop.version
    house.workshop.aim_at(["One", "Two", "Three"])
    house.session.title = "Another"
    db.session.flush()
    house.registration.language = "fr"
    db.session.commit()

    assert house.workshop.version == before + 1


def test_a_change_taken_back_with_its_savepoint_hides_no_later_one(house):
    before = house.topic.version
    part = db.session.begin_nested()
    house.topic.kind = "story"
    db.session.flush()
    part.rollback()
    house.post.is_official = True
    db.session.commit()

    assert house.topic.version == before + 1


# ---- what visitors and organisers read ----


def test_a_workshop_of_which_only_parts_were_edited_is_read_as_it_is_now(house, visitor, sign_in):
    browsers, path = (
        (visitor, sign_in(organiser()), sign_in(MemberFactory())),
        f"/workshops/{house.workshop.id}",
    )
    assert all("Count newcomers" in browser.get(path).text for browser in browsers)
    house.objective.title, house.session.title = "Count everybody", "Welcome and coffee"
    db.session.commit()

    for browser in browsers:
        page = browser.get(path).text
        assert "Count everybody" in page and "Welcome and coffee" in page and "Count newcomers" not in page


def test_a_kind_changed_by_hand_is_read_by_the_next_visitor(house, visitor):
    path = f"/topics/{house.topic.id}"
    visitor.get(path)
    house.topic.kind = "story"
    db.session.commit()

    visitor.get(path)  # compared with what is made anew: tests/freshness.py
    assert "Story" in visitor.get(path).text


def test_a_whole_page_that_shows_more_than_its_version_says_is_an_error_in_tests(house, visitor):
    path = f"/topics/{house.topic.id}"
    visitor.get(path)
    topics = Topic.__table__
    db.session.execute(topics.update().values(kind="story", version=topics.c.version))

    with pytest.raises(AssertionError, match="a page in memory is out of date"):
        visitor.get(path)


def test_pages_of_workshops_outlive_the_minute_and_change_with_the_next_deadline(house):
    def at(moment):
        return [
            tuple(rows(statement, {"now": moment}).one())
            for statement in (db.select(*listing.VERSION), views.VERSION)
        ]

    now, closes = utcnow(), house.workshop.registration_closes_at
    assert at(now) == at(now + timedelta(hours=1))
    for deadline in (closes, house.schedule.ends_at, house.visit.call_deadline):
        before, after = (at(deadline + timedelta(seconds=seconds)) for seconds in (-1, 1))
        assert before[1] != after[1]
        assert before[0] != after[0] or deadline is house.visit.call_deadline


def test_registration_that_ends_by_the_clock_is_another_version_of_the_page(house):
    def end():
        table = Workshop.__table__
        past = utcnow() - timedelta(minutes=1)
        db.session.execute(table.update().values(registration_closes_at=past, version=table.c.version))

    assert "workshop" in house.changed_by(end)


# ---- two at once ----


def overlapping(app, slow, quick, version):
    """Versions before both, after the quick one, and after the slow one, which began before the quick one and was certain after
    it. SQLite has one writer at a time: there the slow one is certain first."""
    has_begun, may_end = Event(), Event()

    def go_slowly():
        with app.app_context(), unit_of_work():
            slow()
            db.session.flush()
            has_begun.set()
            may_end.wait(20)

    db.session.commit()
    found = [version()]
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        may_end.set()
    worker = Thread(target=go_slowly)
    worker.start()
    has_begun.wait(20)
    with app.app_context(), unit_of_work():
        quick()
    found.append(version())
    db.session.commit()
    may_end.set()
    worker.join(20)
    return [*found, version()]


def set_title(model, id, title, column="title"):
    return lambda: setattr(db.session.get(model, id), column, title)


def test_what_began_earlier_and_was_certain_later_is_seen_in_lists_of_workshops(app):
    first, second = (WorkshopFactory(is_open=True).id for _ in range(2))
    for version in (listing.version, views.version_of_landing):
        versions = overlapping(
            app,
            set_title(Workshop, first, f"Slow {version}"[:50]),
            set_title(Workshop, second, f"Quick {version}"[:50]),
            version,
        )
        assert versions[1] != versions[2] or db.engine.dialect.name == "sqlite"
        assert versions[0] not in versions[1:]


def test_what_began_earlier_and_was_certain_later_is_seen_in_names_of_the_house(app):
    spaces = [SpaceFactory() for _ in range(2)]
    slow, quick = (translate(space, "name", "fr", "Voisinage").id for space in spaces)
    versions = overlapping(
        app,
        set_title(Translation, slow, "Lent", "text"),
        set_title(Translation, quick, "Vite", "text"),
        lambda: db.session.scalar(db.select(version_of_signs())),
    )

    assert versions[1] != versions[2] or db.engine.dialect.name == "sqlite"
    assert versions[0] not in versions[1:]


def test_two_who_change_parts_of_one_workshop_at_once_are_both_counted(app):
    workshop = WorkshopFactory(is_open=True)
    id, (first, second) = workshop.id, [(type(one), one.id) for one in workshop.objectives]
    before = overlapping(
        app,
        set_title(*first, "Slow"),
        set_title(*second, "Quick"),
        lambda: db.session.scalar(db.select(Workshop.version).where(Workshop.id == id)),
    )

    assert before[2] - before[0] == 2

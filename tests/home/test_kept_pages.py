"""Whatever stands on a page that visitors share changes its version, whoever changes it and however; and nothing waits for the clock."""

from functools import partial

import pytest

from cityexchange.core.db import db
from cityexchange.forums.models import Post, Topic
from cityexchange.languages.models import Translation
from tests.factories import ThemeFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.home.house import fields, other
from tests.workshops.factories import slot

FORUM = {"boards", "forum", "landing"}
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
        {"topic", *FORUM},
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
    before, workshop_before = house.topic.version, house.workshop.version
    house.objective.title = "Another"
    part = db.session.begin_nested()
    house.topic.kind = "story"
    db.session.flush()
    part.rollback()
    house.post.is_official = True
    db.session.commit()

    assert house.topic.version == before + 1
    assert house.workshop.version == workshop_before + 1

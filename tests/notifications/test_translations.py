"""Whoever wrote a text hears that it can be read in one more language."""

import pytest

from cityexchange.core.db import db
from cityexchange.languages.models import translate
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import CityFactory, MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.told import all_told, suspend, told
from tests.visits.factories import open_visit
from tests.workshops.factories import WorkshopFactory


@pytest.fixture
def writer():
    return MemberFactory()


def post(writer):
    return opening(start_topic(author=writer)), "text"


def title(writer):
    return start_topic(author=writer), "title"


def message(writer):
    return RoomFactory().post(writer, "Who has a form for this?"), "text"


def workshop(writer):
    return WorkshopFactory(is_open=True, organiser_id=writer.id), "title"


def objective(writer):
    return WorkshopFactory(is_open=True, organiser_id=writer.id).objectives[0], "title"


# What is translated, and of which record its writer is told.
TEXTS = {
    "a post": (post, "Post"),
    "a title": (title, "Topic"),
    "a message": (message, "Message"),
    "a workshop": (workshop, "Workshop"),
    "a part of a workshop": (objective, "Workshop"),
}


@pytest.mark.parametrize("what", TEXTS)
def test_the_writer_is_told_of_the_page_on_which_it_is_read(writer, what):
    write, record_type = TEXTS[what]
    record, field = write(writer)
    translate(record, field, "fr", "En français.", author=MemberFactory())

    [line] = all_told()
    assert (line.member_id, line.kind, line.record_type) == (writer.id, "translation", record_type)
    assert line.facts == {"language": "fr"}


def test_a_visit_is_told_to_who_offered_it():
    visit = open_visit()
    db.session.execute(db.delete(Notification))
    translate(visit, "title", "ar", "الاستقبال بلغات كثيرة", author=MemberFactory())

    assert told(visit.offered_by) == [("translation", f"StudyVisit:{visit.id}")]


def test_each_language_is_told_once_however_often_it_is_mended(writer):
    record, field = post(writer)
    for language, text in (("fr", "Un."), ("fr", "Deux."), ("ar", "واحد")):
        translate(record, field, language, text, author=MemberFactory())

    assert [line.facts["language"] for line in all_told()] == ["fr", "ar"]


# Who translates or was written by whom, so that nobody is told.
NOBODY = {
    "one's own words": lambda: translate(*mine("members"), author=PEOPLE["writer"]),
    "of somebody suspended": lambda: (suspend(PEOPLE["writer"]), translate(*mine("public"))),
    "of somebody who has left": lambda: translate(*left()),
    "of nobody": lambda: translate(
        CityFactory(about="We are a port."), "about", "fr", "Nous sommes un port."
    ),
}
PEOPLE = {}


def mine(confidentiality):
    space = SpaceFactory(confidentiality=confidentiality)
    space.admit(PEOPLE["writer"])
    return opening(start_topic(ForumFactory(space=space), PEOPLE["writer"])), "text", "fr", "En français."


def left():
    record, *rest = mine("group")
    record.topic.forum.space.leave(PEOPLE["writer"])
    return record, *rest


@pytest.mark.parametrize("what", NOBODY)
def test_nobody_is_told(writer, what):
    PEOPLE["writer"] = writer
    NOBODY[what]()

    assert all_told() == []


def test_the_line_names_nobody_and_no_moment(writer):
    space = SpaceFactory(confidentiality="chatham")
    space.admit(writer)
    record = opening(start_topic(ForumFactory(space=space), writer))
    translate(record, "text", "fr", "En français.", author=MemberFactory())
    [line] = all_told()

    assert set(line.facts) == {"language"} and line.created_at.second == line.created_at.microsecond == 0

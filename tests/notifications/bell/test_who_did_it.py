"""A line names who did what it tells, or nobody; never who reads it."""

import pytest

from cityexchange.follows.models import Follow
from cityexchange.languages.models import translate
from cityexchange.notifications.kinds import KINDS
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic
from tests.notifications.bell.factories import tell
from tests.notifications.bell.page import lines_of
from tests.visits.factories import open_visit, sent_application
from tests.workshops.factories import WorkshopFactory

pytestmark = pytest.mark.every_database
ME, OTHER, THIRD = "Ana Ruiz", "Amina Benali", "Ben Okoro"


@pytest.fixture
def people():
    """(who reads, who did it, a third one)"""
    ana = MemberFactory(name=ME, handle="ana-ruiz", locale="en")
    return ana, MemberFactory(name=OTHER), MemberFactory(name=THIRD)


def named_in_a_topic(ana, other, _third):
    start_topic(author=ana).post(other, "Here, @ana-ruiz.")


def named_in_the_chat(ana, other, _third):
    RoomFactory().post(other, "Here, @ana-ruiz.")


def reply_to_my_topic(ana, other, _third):
    start_topic(author=ana).post(other, "Ours is open.")


def reply_to_my_message(ana, other, _third):
    room = RoomFactory()
    room.post(other, "Yes.", reply_to=room.post(ana, "Is it open?"))


def topic_where_i_follow(ana, other, _third):
    forum = ForumFactory()
    Follow.choose(ana, forum, "following")
    start_topic(forum, author=other)


def message_where_i_follow(ana, other, _third):
    room = RoomFactory()
    Follow.choose(ana, room, "following")
    room.post(other, "Hello")


def my_answer_is_marked(ana, other, _third):
    topic = start_topic(author=other)
    topic.mark_answer(topic.post(ana, "Try one desk."), other)


def my_answer_is_marked_where_cities_are_read(ana, other, _third):
    topic = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")), author=other)
    topic.mark_answer(topic.post(ana, "Try one desk."), other)


def answer_of_a_third_one_is_marked(ana, other, third):
    topic = start_topic(author=other)
    Follow.choose(ana, topic, "following")
    topic.mark_answer(topic.post(third, "Try one desk."), other)


def my_post_is_translated(ana, other, _third):
    translate(opening(start_topic(author=ana)), "text", "fr", "En français.", author=other)


def my_message_is_translated(ana, other, _third):
    translate(RoomFactory().post(ana, "Who has a form?"), "text", "fr", "Un formulaire ?", author=other)


def my_title_is_translated(ana, other, _third):
    translate(start_topic(author=ana), "title", "fr", "En français.", author=other)


def place_of_mine(ana, _other, _third):
    registration = WorkshopFactory(is_open=True).register(ana, "online", "en")
    tell(ana, registration, "place", template="workshops/place")


def decision_on_mine(ana, _other, _third):
    tell(ana, sent_application(open_visit(), ana), "decision", template="visits/application_received")


def change_of_mine(ana, _other, _third):
    topic = start_topic(author=ana)
    Follow.choose(ana, topic, "everything")
    topic.close(MemberFactory(name=OTHER, team_role="facilitator"))


def request_that_waits(ana, _other, _third):
    tell(ana, open_visit(), "request", template="visits/visit_endorsed")


def deadline_that_nears(ana, _other, _third):
    tell(ana, WorkshopFactory(is_open=True), "deadline", template="digest/reminder")


# The kind, what happened, and who is named.
CASES = (
    ("mention", named_in_a_topic, OTHER),
    ("mention", named_in_the_chat, OTHER),
    ("reply", reply_to_my_topic, OTHER),
    ("reply", reply_to_my_message, OTHER),
    ("topic", topic_where_i_follow, None),
    ("message", message_where_i_follow, OTHER),
    ("answer", my_answer_is_marked, None),
    ("answer", my_answer_is_marked_where_cities_are_read, None),
    ("answer", answer_of_a_third_one_is_marked, None),
    ("translation", my_post_is_translated, None),
    ("translation", my_message_is_translated, None),
    ("translation", my_title_is_translated, None),
    ("place", place_of_mine, None),
    ("decision", decision_on_mine, None),
    ("change", change_of_mine, None),
    ("request", request_that_waits, None),
    ("deadline", deadline_that_nears, None),
)


@pytest.mark.parametrize(("kind", "happen", "name"), CASES, ids=[case[1].__name__ for case in CASES])
def test_a_line_names_who_did_it_and_not_who_reads(people, sign_in, kind, happen, name):
    happen(*people)
    lines = lines_of(sign_in(people[0]).get(f"/notifications?filter={kind}").text)
    said = " ".join(" ".join(line) for line in lines)

    assert lines
    assert [one for one in (ME, OTHER, THIRD) if one in said] == [one for one in [name] if one]
    assert people[0].city.name not in said


def test_no_kind_is_left_out():
    assert {kind for kind, *_ in CASES} == set(KINDS)

"""Choosing how much one hears: four levels for five kinds of records, by one form."""

import re

import pytest

from cityexchange.archive.leaving import leave
from cityexchange.archive.sections import data_of
from cityexchange.core.db import db
from cityexchange.core.jobs import sweeps
from cityexchange.core.policy import can, visible_to
from cityexchange.follows.kinds import LEVELS
from cityexchange.follows.models import Follow
from cityexchange.follows.tidying import forget_what_is_gone
from cityexchange.forums.models import Forum
from cityexchange.members.models import Visitor
from tests.factories import SpaceFactory
from tests.follows.factories import chosen_by, page_of
from tests.forums.factories import ForumFactory, start_topic
from tests.notifications.told import told

KINDS = "Topic", "Forum", "Theme", "Space", "Room"
PRESSED = re.compile(r'name="level" value="(\w+)"\s+aria-pressed="true"')


def pressed(browser, path):
    return PRESSED.findall(browser.get(path).text)


@pytest.mark.parametrize("kind", KINDS)
def test_each_level_is_chosen_by_a_press_and_seen_on_the_page(ana, records, sign_in, kind):
    browser, record = sign_in(ana), records[kind]
    page = page_of(kind, record)
    assert pressed(browser, page) == ["normal"]

    for level in LEVELS:
        answer = browser.post(f"/follows/{kind}/{record.id}", data={"level": level})
        assert (answer.status_code, answer.location) == (303, page)
        assert pressed(browser, page) == [level]
    assert chosen_by(ana) == {(kind, record.id): "everything"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_on_the_page_leads_back_to_it(ana, records, sign_in, kind):
    browser, page = sign_in(ana), page_of(kind, records[kind])
    (action,) = re.findall(r'action="(/follows/[^"]+)"', browser.get(page).text)

    assert browser.post(action, data={"level": "muted"}).location == page


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_exist_is_not_chosen(ana, records, sign_in, kind):
    for level in ("", "shouting", "Muted", "3", "متابعة"):
        answer = sign_in(ana).post(f"/follows/{kind}/{records[kind].id}", data={"level": level})
        assert answer.status_code == 422 and "choose one of the four levels" in answer.text
    assert chosen_by(ana) == {}


@pytest.mark.parametrize("path", ["Topic/99999", "Member/1", "topic/1", "Follow/1", "Topic/999999999999"])
def test_what_cannot_be_followed_is_no_page(ana, records, sign_in, path):
    assert sign_in(ana).post(f"/follows/{path}", data={"level": "muted"}).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_visitor_follows_nothing_and_sees_no_control(visitor, records, kind):
    records["Space"].confidentiality = "public"
    answer = visitor.post(f"/follows/{kind}/{records[kind].id}", data={"level": "muted"})
    page = visitor.get(page_of(kind, records[kind]))

    assert answer.status_code == 401 and "/follows" not in page.text
    assert not can(Visitor(), "follow", records[kind])


@pytest.mark.parametrize("kind", ["Topic", "Forum", "Space", "Room"])
def test_nobody_follows_what_they_do_not_see(ana, ben, records, sign_in, kind):
    records["Space"].confidentiality = "group"
    records["Space"].admit(ana)
    answers = [
        sign_in(who).post(f"/follows/{kind}/{records[kind].id}", data={"level": "everything"}).status_code
        for who in (ana, ben)
    ]

    assert answers == [303, 404] and chosen_by(ben) == {}


def test_more_than_sixty_choices_in_five_minutes_are_too_many(ana, places, sign_in):
    browser, path = sign_in(ana), f"/follows/Topic/{places['topic'].id}"
    answers = [browser.post(path, data={"level": "muted"}).status_code for _ in range(61)]

    assert answers == [303] * 60 + [429]


@pytest.mark.parametrize(
    ("place", "level", "topic", "room"),
    [
        ("space", "muted", "muted", "muted"),
        ("space", "everything", "everything", "everything"),
        ("space", "following", "normal", "normal"),
        ("forum", "everything", "everything", "normal"),
        ("housing", "everything", "everything", "normal"),
        ("housing", "muted", "normal", "normal"),
    ],
)
def test_the_page_shows_what_holds_by_what_stands_above_and_says_so(
    ana, places, sign_in, place, level, topic, room
):
    Follow.choose(ana, places[place], level)
    browser, above = sign_in(ana), "This comes from what you chose for what it belongs to."
    for name, kind, held in (("topic", "Topic", topic), ("room", "Room", room)):
        page = browser.get(page_of(kind, places[name])).text
        assert PRESSED.findall(page) == [held]
        assert (above in page) is (held != "normal")


def test_a_forum_shows_what_holds_by_its_space(ana, places, sign_in):
    Follow.choose(ana, places["space"], "following")
    browser, page = sign_in(ana), page_of("Forum", places["forum"])
    assert pressed(browser, page) == ["following"]

    Follow.choose(ana, places["forum"], "muted")
    assert pressed(browser, page) == ["muted"]


def test_a_reply_reaches_who_wants_everything_of_what_the_topic_stands_in(ana, ben, places):
    Follow.choose(ana, places["space"], "everything")
    Follow.choose(places["topic"].author, places["topic"], "muted")
    reply = places["topic"].post(ben, "What about the third desk?")

    assert told(ana) == [("reply", f"Post:{reply.id}")] and told(places["topic"].author) == []


@pytest.mark.parametrize("place", ["topic", "forum", "space"])
def test_who_muted_what_the_topic_stands_in_is_not_called_into_it(ana, ben, places, place):
    first = places["topic"].post(ben, "What do you think, @ana-ruiz?")
    assert told(ana) == [("mention", f"Post:{first.id}")]

    Follow.choose(ana, places[place], "muted")
    places["topic"].post(ben, "And now, @ana-ruiz?")
    assert told(ana) == [("mention", f"Post:{first.id}")]


def test_who_writes_in_a_topic_follows_it_unless_they_chose_otherwise(ana, ben, places):
    topic = places["topic"]
    Follow.choose(ben, topic, "normal")
    for member in (ana, ben):
        topic.post(member, "I was there.")

    assert chosen_by(ana)["Topic", topic.id] == "following"
    assert chosen_by(ben)["Topic", topic.id] == "normal"


@pytest.mark.parametrize("place", ["room", "space"])
def test_the_start_page_is_quiet_about_rooms_that_one_muted(ana, ben, places, sign_in, place):
    room, browser = places["room"], sign_in(ana)
    room.post(ben, "Hello")
    room.read(ana, 0)
    assert "The hall" in browser.get("/").text

    Follow.choose(ana, places[place], "muted")
    assert "The hall" not in browser.get("/").text


def test_a_choice_is_ones_own_affair(ana, ben, records):
    for kind in KINDS:
        Follow.choose(ana, records[kind], "following")

    seen = [list(db.session.scalars(visible_to(who, Follow))) for who in (ana, ben, Visitor())]
    assert [len(each) for each in seen] == [5, 0, 0]
    assert [can(who, "end", seen[0][0]) for who in (ana, ben, Visitor())] == [True, False, False]


@pytest.mark.parametrize("kind", KINDS)
def test_with_a_record_go_the_choices_for_it_and_no_others(ana, records, kind):
    for record in records.values():
        Follow.choose(ana, record, "following")
    other = start_topic(ForumFactory(space=SpaceFactory()))
    Follow.choose(ana, other, "muted")
    db.session.delete(records[kind])
    db.session.flush()

    left = chosen_by(ana)
    assert (kind, records[kind].id) not in left and left["Topic", other.id] == "muted"


def test_what_the_database_took_with_its_forum_goes_with_the_next_sweep(ana, places):
    Follow.choose(ana, places["topic"], "following")
    Follow.choose(ana, places["space"], "following")
    db.session.execute(db.delete(Forum).where(Forum.id == places["forum"].id))
    sweeps["follows"].function()

    assert chosen_by(ana) == {("Space", places["space"].id): "following"}
    assert sweeps["follows"].function is forget_what_is_gone


def test_who_leaves_takes_the_choices_along(ana, ben, places):
    for member in (ana, ben):
        Follow.choose(member, places["room"], "muted")
    leave(ana)

    assert chosen_by(ana) == {} and chosen_by(ben)


def test_what_one_follows_is_part_of_ones_own_data(ana, ben, places):
    Follow.choose(ana, places["housing"], "everything")
    Follow.choose(ben, places["room"], "muted")
    (line,) = data_of(ana)["sections"]["follows"]

    told = line["record_type"], line["record_id"], line["level"]
    assert told == ("Theme", places["housing"].id, "everything") and line["since"]

"""One page of all that is a member's own: what they began, keep, follow and take part in, or where to begin."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.core.registries import FEW_OWN, OwnLine, OwnPart, mine_parts
from cityexchange.follows.models import Follow
from tests.bookmarks.factories import CLOSED, keep
from tests.chat.factories import RoomFactory
from tests.drafts.factories import keep_draft
from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.visits.factories import draft_application, open_visit
from tests.workshops.factories import WorkshopFactory

PARTS = ["drafts", "topics", "follows", "bookmarks", "registrations", "applications", "rooms"]


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en")


def parts_of(browser):
    """{part: [(title, address)]}, in the order of the page."""
    page = browser.get("/mine").text
    found = re.findall(r'<section class="section" id="(\w+)".*?</section>', page, re.DOTALL)
    sections = re.findall(r'<section class="section" id="\w+".*?</section>', page, re.DOTALL)
    line = r'row__title">\s*<a href="([^"]+)"[^>]*>([^<]+)</a>'
    return {
        name: [(title.strip(), address) for address, title in re.findall(line, section)]
        for name, section in zip(found, sections, strict=True)
    }


def a_draft(ana):
    keep_draft(ana, "/ask", text="How do you enrol pupils?")
    return "How do you enrol pupils?", "/ask"


def a_topic(ana):
    topic = start_topic(author=ana, title="Begun by me")
    Follow.end(ana, "Topic", topic.id)
    return "Begun by me", f"/topics/{topic.id}"


def a_topic_followed(ana):
    topic = start_topic(title="Followed")
    Follow.choose(ana, topic, "everything")
    return "Followed", f"/topics/{topic.id}"


def a_topic_kept(ana):
    topic = start_topic(title="Kept")
    keep(ana, topic)
    return "Kept", f"/topics/{topic.id}"


def a_registration(ana):
    workshop = WorkshopFactory(is_open=True, title="Counting")
    workshop.register(ana, "online", "en")
    return "Counting", f"/workshops/{workshop.id}"


def an_application(ana):
    application = draft_application(open_visit(title="Reception", language="en"), ana)
    return "Reception", f"/applications/{application.id}"


def a_room(ana):
    room = RoomFactory(name="Corridor")
    room.read(ana, 0)
    return "Corridor", f"/chat/rooms/{room.id}"


MADE = dict(
    zip(
        PARTS,
        (a_draft, a_topic, a_topic_followed, a_topic_kept, a_registration, an_application, a_room),
        strict=True,
    )
)


def test_who_has_nothing_reads_in_each_part_where_to_begin(sign_in, ana):
    browser = sign_in(ana)
    page = browser.get("/mine").text.partition("<footer")[0]

    assert parts_of(browser) == {name: [] for name in PARTS}
    ways = re.findall(r'<a class="button button--plain button--small" href="([^"]+)"', page)
    assert len(ways) == len(PARTS)
    assert all(browser.get(way).status_code == 200 for way in ways)


@pytest.mark.parametrize("name", PARTS)
def test_what_is_mine_stands_in_its_part_alone_and_in_nobody_elses(sign_in, ana, name):
    line = MADE[name](ana)
    db.session.commit()

    found = parts_of(sign_in(ana))
    assert found == {part: [line] if part == name else [] for part in PARTS}
    assert parts_of(sign_in(MemberFactory()))[name] == []
    assert sign_in(ana).get(line[1]).status_code == 200


def test_all_that_one_has_stands_on_one_page_with_the_ways_to_the_rest(sign_in, ana):
    lines = {name: make(ana) for name, make in MADE.items()}
    for number in range(FEW_OWN):
        start_topic(author=ana, title=f"Later {number}")
    db.session.commit()
    browser = sign_in(ana)

    found = parts_of(browser)
    assert all(lines[name] in found[name] for name in PARTS if name not in ("topics", "follows"))
    assert [title for title, _ in found["topics"]] == [f"Later {n}" for n in reversed(range(FEW_OWN))]
    page = browser.get("/mine").text
    more = re.findall(r'class="section__more" href="([^"]+)"', page)
    assert len(more) == len(PARTS) and all(browser.get(way).status_code == 200 for way in more)


def test_what_is_open_to_me_no_more_is_not_named(sign_in, ana):
    topic = start_topic(title="Secret since")
    CLOSED["Topic"](ana, topic)
    Follow.choose(ana, topic, "following")
    db.session.commit()

    page = sign_in(ana).get("/mine").text
    assert "Secret since" not in page and page.count("No longer open to you") == 2


def test_how_many_statements_it_takes_does_not_grow_with_what_is_mine(sign_in, ana, count_queries):
    browser = sign_in(ana)
    for make in MADE.values():
        make(ana)
    db.session.commit()
    few = statements_for(browser, count_queries)
    for make in (a_topic, a_topic_followed, a_topic_kept, a_registration, an_application):
        make(ana)
    db.session.commit()
    assert statements_for(browser, count_queries) <= few


def statements_for(browser, count_queries):
    """Of the second time, when all that many readers share is in memory."""
    browser.get("/mine")
    with count_queries() as statements:
        assert browser.get("/mine").status_code == 200
    return len(statements)


@pytest.fixture
def a_part_of_another_feature():
    part = OwnPart("letters", "Letters", "start", [OwnLine("Dear Ana", "/about")], "/about", "", "", "")
    mine_parts.add("letters", lambda member: part, order=15)
    yield
    mine_parts.remove("letters")


def test_a_feature_adds_a_part_of_its_own(sign_in, ana, a_part_of_another_feature):
    found = parts_of(sign_in(ana))
    assert list(found)[:2] == ["drafts", "letters"] and found["letters"] == [("Dear Ana", "/about")]


def test_visitors_have_no_such_page(visitor):
    answer = visitor.get("/mine")
    assert answer.status_code == 302 and "/sign-in" in answer.location

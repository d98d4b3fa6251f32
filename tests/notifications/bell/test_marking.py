"""Reading by hand: one line, all, and nothing that was not shown."""

import html
import re
from datetime import timedelta

import pytest

from cityexchange.core.db import db, utcnow
from cityexchange.notifications.models import Notification
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory
from tests.forums.factories import start_topic
from tests.notifications.bell.factories import tell, tell_of_posts, unread
from tests.notifications.bell.page import buttons, days_of, reply
from tests.workshops.factories import WorkshopFactory


def test_a_line_is_marked_as_read_by_its_button_and_its_neighbours_are_not(ana, topic, sign_in):
    other = start_topic(title="Another matter")
    tell_of_posts(ana, topic, reply(topic, "Amina", 2))
    tell_of_posts(ana, other, reply(other, "Ben"))
    tell_of_posts(ana, topic, reply(topic, "Chen"), kind="mention")
    browser, before = sign_in(ana), unread(ana)
    addresses = [
        address for label, address in buttons(browser.get("/notifications").text) if label == "Mark as read"
    ]
    assert len(addresses) == 3

    marked = browser.post(addresses[-1])
    assert (marked.status_code, marked.location) == (303, "/notifications")
    assert unread(ana) == before[2:]
    assert browser.post(addresses[-1]).status_code == 303, "a second press changes nothing"
    assert browser.get(addresses[-1]).status_code == 405 and unread(ana) == before[2:]


def test_yesterdays_line_of_the_same_topic_stays_unread(ana, topic, sign_in):
    posts = reply(topic, "Amina", 2)
    tell(ana, posts[0], "reply", topic, at=utcnow() - timedelta(days=2))
    tell(ana, posts[1], "reply", topic)
    browser = sign_in(ana)
    today, long_ago = [
        address for label, address in buttons(browser.get("/notifications").text) if label == "Mark as read"
    ]

    browser.post(today)
    assert len(unread(ana)) == 1
    browser.post(long_ago)
    assert unread(ana) == []


def test_a_script_that_marks_on_the_way_hears_no_page(ana, topic, sign_in):
    tell_of_posts(ana, topic, reply(topic, "Amina"))
    marked = sign_in(ana).post(
        f"/notifications/{unread(ana)[0]}/read", headers={"Accept": "application/json"}
    )

    assert (marked.status_code, marked.data, unread(ana)) == (204, b"", [])


def test_all_are_marked_up_to_the_newest_that_was_shown(ana, topic, sign_in):
    tell_of_posts(ana, topic, reply(topic, "Amina", 3))
    browser = sign_in(ana)
    (all_of_them,) = [
        a for label, a in buttons(browser.get("/notifications").text) if label == "Mark all as read"
    ]
    tell_of_posts(ana, topic, reply(topic, "Ben"))

    assert browser.post(all_of_them).location == "/notifications"
    assert len(unread(ana)) == 1


def test_on_the_list_of_a_kind_all_are_those_of_the_kind(ana, topic, sign_in):
    tell_of_posts(ana, topic, reply(topic, "Amina", 2))
    tell_of_posts(ana, topic, reply(topic, "Ben"), kind="mention")
    browser = sign_in(ana)
    page = browser.get("/notifications?filter=mention").text
    (all_of_them,) = [address for label, address in buttons(page) if label == "Mark all as read"]

    assert browser.post(all_of_them).location == "/notifications?filter=mention"
    assert len(unread(ana)) == 2


def onward(page):
    """Where a press on a line is told, the topmost line first."""
    return [html.unescape(address) for address in re.findall(r'data-onward="([^"]+)"', page)]


def openings(page):
    return [html.unescape(address) for address in re.findall(r'formaction="(/notifications/[^"]+)"', page)]


@pytest.fixture
def told_on_each_page(ana, topic):
    """Of a reply on each of three pages, in one line."""
    posts = reply(topic, "Amina", 44)
    tell_of_posts(ana, topic, [posts[3], posts[4], posts[25], posts[43]])
    return unread(ana)


def test_a_press_reads_what_it_leads_to_and_not_what_stands_with_it(ana, told_on_each_page, sign_in):
    browser = sign_in(ana)
    [(_day, [(_title, leads_to, _)])] = days_of(browser.get("/notifications").text)
    [address] = onward(browser.get("/notifications").text)
    told = db.session.get(Notification, told_on_each_page[0])
    assert leads_to == f"/posts/{told.record_id}"

    assert browser.post(address, headers={"Accept": "application/json"}).status_code == 204
    assert unread(ana) == told_on_each_page[1:]


def test_without_scripts_the_page_is_opened_by_a_button_and_what_it_shows_is_read(
    ana, told_on_each_page, sign_in
):
    browser = sign_in(ana)
    for left in (2, 3, 4):
        [address] = openings(browser.get("/notifications").text)
        opened = browser.post(address)
        assert opened.status_code == 303 and opened.location.startswith("/posts/")
        assert unread(ana) == told_on_each_page[left:]


def test_a_mention_on_another_page_stays_unread_by_the_press_and_by_the_page(ana, topic, sign_in):
    posts = reply(topic, "Amina", 44)
    tell_of_posts(ana, topic, posts[1:2])
    tell_of_posts(ana, topic, posts[43:], kind="mention")
    browser, mention = sign_in(ana), unread(ana)[1]
    page = browser.get("/notifications").text

    browser.post(onward(page)[1])
    assert unread(ana) == [mention]
    browser.post(openings(page)[1])
    browser.post(f"/topics/{topic.id}/read", data={"position": 20, "since": 1})
    assert unread(ana) == [mention]


def test_of_a_room_the_button_reads_what_stands_around_it(ana, sign_in):
    room, writer = RoomFactory(), MemberFactory()
    said = [room.post(writer, f"Message {number}") for number in range(90)]
    for number in (3, 60):
        tell(ana, said[number], "mention", room, position=said[number].number)
    browser, before = sign_in(ana), unread(ana)
    [address] = openings(browser.get("/notifications").text)

    assert browser.post(address).location == f"/chat/messages/{said[3].id}"
    assert unread(ana) == before[1:]


def test_of_what_stands_in_no_conversation_each_is_read_by_itself(ana, sign_in):
    workshop = WorkshopFactory(is_open=True)
    registration = workshop.register(ana, "online", "en")
    tell(ana, registration, "place", template="workshops/promoted")
    browser, before = sign_in(ana), unread(ana)

    browser.post(onward(browser.get("/notifications").text)[0])
    assert unread(ana) == before[:1]
    [address] = openings(browser.get("/notifications").text)
    assert browser.post(address).location == f"/workshops/{workshop.id}"
    assert unread(ana) == []


@pytest.mark.parametrize("wrong", ["earliest=x", "earliest=99999999999"])
def test_a_number_that_is_none_is_not_found(ana, topic, sign_in, wrong):
    tell_of_posts(ana, topic, reply(topic, "Amina"))

    assert sign_in(ana).post(f"/notifications/{unread(ana)[0]}/read?{wrong}").status_code == 404
    assert len(unread(ana)) == 1

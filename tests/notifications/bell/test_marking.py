"""Reading by hand: one line, all, and nothing that was not shown."""

from datetime import timedelta

import pytest

from cityexchange.core.db import utcnow
from tests.forums.factories import start_topic
from tests.notifications.bell.factories import tell, tell_of_posts, unread
from tests.notifications.bell.page import buttons, reply


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


@pytest.mark.parametrize("wrong", ["earliest=x", "earliest=99999999999"])
def test_a_number_that_is_none_is_not_found(ana, topic, sign_in, wrong):
    tell_of_posts(ana, topic, reply(topic, "Amina"))

    assert sign_in(ana).post(f"/notifications/{unread(ana)[0]}/read?{wrong}").status_code == 404
    assert len(unread(ana)) == 1

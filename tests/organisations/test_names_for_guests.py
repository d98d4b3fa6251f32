"""Guests read the names of those they meet; elsewhere they read what visitors read, and no link leads nowhere."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.core.mail import queue_mail
from cityexchange.core.mail.letters import compose
from cityexchange.core.policy import can
from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory, SpaceFactory, guest
from tests.forums.factories import ForumFactory


@pytest.fixture
def square(app):
    return SpaceFactory(confidentiality="public", joining="open", slug="square")


@pytest.fixture
def ana(square):
    """Who writes there without having joined."""
    return MemberFactory(name="Ana Authorly")


@pytest.fixture
def topic(square, ana):
    made = ForumFactory(space=square).start_topic(ana, title="Interpreters", text="What do they cost?")
    joined = MemberFactory(name="Jo Joined", job_title="Rare function")
    square.admit(joined)
    made.post(joined, "Not much")
    db.session.flush()
    return made


def pages_of(topic):
    return [f"/topics/{topic.id}", f"/forums/{topic.forum.slug}", "/forums", "/topics", "/spaces/square"]


def names_on(browser, pages):
    return {
        name for page in pages for name in ("Ana Authorly", "Jo Joined") if name in browser.get(page).text
    }


def test_a_guest_in_a_public_space_reads_what_visitors_read(topic, sign_in, visitor):
    browser = sign_in(guest())

    assert names_on(sign_in(MemberFactory()), pages_of(topic)) == {"Ana Authorly", "Jo Joined"}
    assert names_on(browser, pages_of(topic)) == names_on(visitor, pages_of(topic)[:3]) == set()
    assert "What do they cost?" in browser.get(f"/topics/{topic.id}").text
    assert browser.get("/spaces/square/people").status_code == 403
    assert "/spaces/square/people" not in browser.get("/spaces/square").text


def test_let_into_the_space_it_reads_names_whose_pages_open(topic, square, sign_in, ana):
    observer = guest()
    browser = sign_in(observer)
    assert names_on(browser, pages_of(topic)) == set()
    square.admit(observer)
    db.session.flush()

    assert names_on(browser, pages_of(topic)) == {"Ana Authorly", "Jo Joined"}
    people = browser.get("/spaces/square/people").text
    assert "Jo Joined" in people
    links = re.findall(r'href="(/members/\d+)"', people + browser.get(f"/topics/{topic.id}").text)
    assert len(set(links)) >= 3 and all(browser.get(link).status_code == 200 for link in links)


def test_no_page_of_one_guest_is_given_to_another(topic, square, sign_in):
    inside, outside = guest(), guest()
    square.admit(inside)
    db.session.flush()
    for _ in range(2):
        assert names_on(sign_in(inside), pages_of(topic)) == {"Ana Authorly", "Jo Joined"}
        assert names_on(sign_in(outside), pages_of(topic)) == set()

    square.leave(inside)
    db.session.flush()
    assert names_on(sign_in(inside), pages_of(topic)) == set()


def test_who_wrote_under_a_chosen_name_is_not_met(square, topic, sign_in):
    square.allows_chosen_names = True
    hidden, observer = MemberFactory(), guest()
    square.admit(hidden).chosen_name = "Tamarisk"
    db.session.flush()
    topic.post(hidden, "Under another name")
    square.leave(hidden)
    square.admit(observer)
    db.session.flush()

    assert sign_in(observer).get(f"/members/{hidden.id}").status_code == 404


def test_chat_is_for_those_who_were_let_in(square, sign_in, connect):
    room, observer = RoomFactory(space=square), guest()
    speaker = MemberFactory()
    room.post(speaker, "Good morning")
    db.session.flush()
    browser = sign_in(observer)
    assert browser.get(f"/chat/rooms/{room.id}").status_code == 404 and not can(
        observer, "name_people", square
    )

    square.admit(observer)
    db.session.flush()

    assert browser.get(f"/chat/rooms/{room.id}").status_code == 200
    assert browser.get(f"/members/{speaker.id}").status_code == 200


def test_live_posts_bring_a_guest_no_names(topic, square, sign_in, connect, ana):
    observer, member = guest(), MemberFactory()
    lines = [connect(observer), connect(member)]
    assert all(line.say("topic:enter", topic_id=topic.id)["ok"] for line in lines)
    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Live"})

    for line, reader in zip(lines, (observer, member), strict=True):
        [(event, payload)] = line.heard()
        assert event == "post:posted" and "Ana Authorly" not in str(payload)
        shown = sign_in(reader).get(f"/topics/{topic.id}/posts?after=0").text
        assert "Live" in shown and ("Ana Authorly" in shown) == (reader is member)


@pytest.mark.parametrize("template", ["forums/reply", "forums/mention"])
def test_a_mail_to_a_guest_names_nobody_it_does_not_meet(topic, square, ana, template):
    observer = guest()
    post = topic.post(ana, "Words of Ana")
    mail = queue_mail("to-the-guest", observer, template, post)
    for part in (compose(mail).text, compose(mail).html):
        assert "Ana" not in part.replace("Words of Ana", "") and "A member" in part
    square.admit(observer)
    db.session.flush()

    assert "Ana Authorly" in compose(mail).text

import re

import pytest

from cityexchange.core.db import db
from cityexchange.follows.models import Follow
from cityexchange.forums.models import Revision, Topic
from cityexchange.notifications.crowds import AT_ONCE
from tests.factories import MemberFactory, ThemeFactory
from tests.forums.factories import ForumFactory, newest, opening, start_topic
from tests.forums.mailed import mail_keys


def test_a_member_starts_a_topic(sign_in, ana):
    forum, housing = ForumFactory(), ThemeFactory(key="housing")
    values = {
        "title": " How? ",
        "text": "What **works**?",
        "kind": "question",
        "language": "en",
        "themes": ["housing"],
    }
    answer = sign_in(ana).post(f"/forums/{forum.slug}/new", data=values)
    topic = db.session.scalar(db.select(Topic))

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}")
    assert (topic.title, topic.kind, topic.language, topic.themes) == ("How?", "question", "en", [housing])
    assert (topic.author, topic.author_city) == (ana, ana.city)
    assert "<strong>works</strong>" in opening(topic).html


WRONG = [
    {"title": ""},
    {"title": "Hm"},
    {"title": "x" * 201},
    {"text": ""},
    {"text": " \x00 "},
    {"text": "x" * 20_001},
    {"kind": "rumour"},
    {"kind": "announcement"},
    {"language": "klingon"},
    {"themes": ["nonsense"]},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_topic_with_something_wrong_comes_back_with_what_was_typed(sign_in, ana, wrong):
    forum = ForumFactory()
    values = {"title": "A good title", "text": "A good text.", "kind": "story"} | wrong
    answer = sign_in(ana).post(f"/forums/{forum.slug}/new", data=values)

    assert answer.status_code == 422
    assert all(values[name].strip(" \x00") in answer.text for name in ("title", "text"))
    assert db.session.scalar(db.select(Topic)) is None


def test_nobody_writes_who_they_are_not(sign_in, ana, ben, topic):
    values = {
        "text": "Mine.",
        "author_id": ben.id,
        "author_city_id": ben.city.id,
        "position": 99,
        "posted_at": "2001-01-01",
        "is_pinned": "1",
    }
    sign_in(ana).post(f"/topics/{topic.id}/posts", data=values)

    assert (newest().author, newest().author_city, newest().position) == (ana, ana.city, 2)
    assert newest().posted_at.year > 2001


def test_a_reply_stands_at_the_end(sign_in, ben, topic):
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Bonjour à toutes"})

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}#post-{newest().id}")
    assert newest().text == "Bonjour à toutes"


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_a_reply_that_cannot_be_taken_keeps_what_was_typed(sign_in, ben, topic, text):
    answer = sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": text})

    assert answer.status_code == 422 and text.strip() in answer.text
    assert topic.post_count == 1
    assert ("Please write something first." in answer.text) == (not text.strip())


def test_pressing_twice_leads_to_the_same_post(sign_in, ben, topic):
    browser = sign_in(ben)
    nonce = re.search(r'name="nonce" type="hidden" value="([^"]+)"', browser.get(f"/topics/{topic.id}").text)[
        1
    ]
    first, second = (
        browser.post(f"/topics/{topic.id}/posts", data={"text": "Once.", "nonce": nonce}) for _ in range(2)
    )

    assert first.location == second.location and second.status_code == 303
    assert topic.post_count == 2


def test_an_empty_nonce_is_none_and_swallows_no_reply(sign_in, ben, topic):
    browser = sign_in(ben)
    for text in ("First.", "Second."):
        browser.post(f"/topics/{topic.id}/posts", data={"text": text, "nonce": ""})

    assert topic.post_count == 3 and newest().text == "Second."


def test_a_reply_costs_ten_statements_however_many_follow(sign_in, ben, topic, count_queries):
    """Who asks, the topic, the limit, its counters, the post, the forum's counters, follow, read position, what is read by it,
    notifications. From many on, one more: that the worker goes on with the notifications."""
    browser, id = sign_in(ben), topic.id
    costs = []
    for crowd in (0, AT_ONCE - 2, 10):
        for member in MemberFactory.create_batch(crowd):
            Follow.choose(member, topic, "following")
        with count_queries() as statements:
            answer = browser.post(f"/topics/{id}/posts", data={"text": f"Among {crowd}."})
        assert answer.status_code == 303
        costs.append([one for one in statements if not one.startswith("BEGIN")])

    assert [len(cost) for cost in costs] == [10, 10, 11], costs
    assert len(mail_keys()) == 1 + (AT_ONCE - 1) + (AT_ONCE + 9)


def test_a_closed_topic_takes_no_replies(sign_in, ben, topic, ana):
    topic.close(ana)

    assert sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Late."}).status_code == 403
    assert topic.post_count == 1


def test_what_people_write_does_nothing_in_a_browser(sign_in, ben, ana):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    topic = start_topic(author=ana, title=evil, text=evil)
    opening(topic).edit(ana, evil * 2, version=1, reason=evil)
    browser = sign_in(ben)

    for path in (
        f"/topics/{topic.id}",
        f"/forums/{topic.forum.slug}",
        "/topics",
        "/forums",
        f"/posts/{opening(topic).id}/revisions",
    ):
        page = browser.get(path).text
        assert "<script>alert" not in page and "<img src=x" not in page, path


def test_a_writer_edits_their_post_and_others_see_how(sign_in, ana, ben, topic):
    post = opening(topic)
    browser = sign_in(ana)
    form = browser.get(f"/posts/{post.id}/edit").text
    assert post.text in form and topic.title in form
    values = {
        "title": "How to start?",
        "text": "We have three people.",
        "reason": "Counted again",
        "version": "1",
    }
    answer = browser.post(f"/posts/{post.id}/edit", data=values)
    page = sign_in(ben).get(f"/posts/{post.id}/revisions").text

    assert answer.status_code == 303 and topic.title == "How to start?"
    assert "<del>two " in page and "<ins>three " in page and "Counted again" in page and ana.name in page


def test_an_edit_of_an_old_version_answers_409_and_keeps_what_was_typed(sign_in, ana, topic):
    post = opening(topic)
    post.edit(ana, "From my telephone.", version=1)
    values = {"title": topic.title, "text": "From my desk.", "version": "1"}
    browser = sign_in(ana)
    answer = browser.post(f"/posts/{post.id}/edit", data=values)

    assert (
        answer.status_code == 409 and "From my desk." in answer.text and "From my telephone." in answer.text
    )
    assert post.text == "From my telephone."
    assert re.search(r'name="version" value="2"', answer.text)
    assert browser.post(f"/posts/{post.id}/edit", data=values | {"version": "2"}).status_code == 303


def test_an_edit_that_cannot_be_taken_keeps_what_was_typed(sign_in, ana, topic):
    post = opening(topic)
    answer = sign_in(ana).post(
        f"/posts/{post.id}/edit", data={"title": "No", "text": "Typed with care.", "version": "1"}
    )

    assert answer.status_code == 422 and "Typed with care." in answer.text
    assert db.session.scalar(db.select(Revision)) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_edits_what_others_wrote(sign_in, ben, facilitator, topic, method):
    for member in (ben, facilitator):
        answer = getattr(sign_in(member), method)(
            f"/posts/{opening(topic).id}/edit", data={"text": "Ha.", "version": "1"}
        )
        assert answer.status_code == 403
    assert opening(topic).text != "Ha."


def test_a_writer_removes_their_reply_after_a_second_look(sign_in, ben, topic):
    post = topic.post(ben, "Regretted.")
    browser = sign_in(ben)
    assert "Regretted." in browser.get(f"/posts/{post.id}/remove").text
    answer = browser.post(f"/posts/{post.id}/remove")

    assert answer.status_code == 303 and post.is_removed


def test_whoever_started_a_topic_that_nobody_answered_takes_it_back(sign_in, ana, topic):
    browser = sign_in(ana)
    answer = browser.post(f"/posts/{opening(topic).id}/remove")

    assert answer.location == f"/forums/{topic.forum.slug}"
    assert browser.get(f"/topics/{topic.id}").status_code == 404
    assert topic.title not in browser.get(f"/forums/{topic.forum.slug}").text

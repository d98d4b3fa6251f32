"""What the line says of a topic: that something came, and where. What came, pages ask for: tests/forums/test_live_posts.py."""

import pytest

from cityexchange.core.sockets import lines
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, newest, start_topic


def enter(line, topic, **payload):
    return line.say("topic:enter", topic_id=topic.id, **payload)


def news(post):
    """What a line hears of a post where one looks on."""
    return {"topic_id": post.topic_id, "id": post.id, "position": post.position, "spread": lines.TURN}


def test_whoever_has_a_topic_open_hears_of_a_reply_once_it_is_saved(connect, sign_in, ana, ben, topic):
    line = connect(ana)
    assert enter(line, topic)["ok"]

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Try **this**, please: it worked for us."})

    assert newest().position == 2
    assert line.heard_of_posts() == [("post:posted", news(newest()))]


def test_a_refused_reply_is_told_to_nobody(connect, sign_in, ana, ben, topic):
    line = connect(ana)
    enter(line, topic)

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": ""})

    assert line.heard_of_posts() == []


def test_edits_and_removals_are_told_without_words(connect, sign_in, ana, ben, topic):
    reply = topic.post(ben, "Words of before.")
    line, browser = connect(ana), sign_in(ben)
    enter(line, topic)

    browser.post(f"/posts/{reply.id}/edit", data={"text": "Words of after.", "version": "1"})
    browser.post(f"/posts/{reply.id}/remove")

    assert line.heard_of_posts() == [("post:changed", news(reply)), ("post:removed", news(reply))]


def test_a_mark_that_moves_is_told_of_both_posts(connect, sign_in, ana, ben, topic):
    first, second = topic.post(ben, "Try this."), topic.post(ben, "Or that.")
    line, browser = connect(ben), sign_in(ana)
    enter(line, topic)

    for act, post in (("mark", first), ("mark", first), ("mark", second), ("unmark", second)):
        browser.post(f"/posts/{post.id}/{act}")

    heard = [(event, payload["id"]) for event, payload in line.heard_of_posts()]
    assert heard == [("post:changed", one.id) for one in (first, first, first, second, second)]


def test_who_comes_back_hears_whether_something_came_or_changed(connect, ana, ben, topic):
    for n in range(2, 30):
        topic.post(ben, f"Reply {n}.")
    line = connect(ana)
    answer = enter(line, topic, after=1)
    assert (answer["newest"], answer["more"]) == (29, True)
    again = enter(line, topic, after=29)
    assert (again["version"], again["more"]) == (answer["version"], False)

    newest().edit(ben, "Said in other words.", version=1)

    assert enter(line, topic, after=29)["version"] > answer["version"]


def test_the_more_look_on_the_longer_they_take_to_ask(connect, sign_in, ana, ben, topic, monkeypatch):
    readers = [connect(MemberFactory()) for _ in range(3)]
    assert [enter(line, topic)["spread"] for line in readers] == [lines.TURN * n for n in (1, 2, 3)]

    monkeypatch.setattr(lines, "LONGEST_SPREAD", lines.TURN + 1)
    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "A reply."})

    assert {payload["spread"] for line in readers for _, payload in line.heard_of_posts()} == {lines.TURN + 1}


def test_whoever_left_hears_no_more(connect, ana, ben, topic, sign_in):
    line = connect(ana)
    enter(line, topic)
    assert line.say("topic:leave", topic_id=topic.id) == {"ok": True}

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "A reply."})

    assert line.heard_of_posts() == []


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_an_outsider_cannot_open_a_closed_topic(connect, sign_in, ana, confidentiality):
    forum = ForumFactory(space=SpaceFactory(confidentiality=confidentiality))
    forum.space.admit(ana)
    topic = start_topic(forum, ana)
    outsider, insider = connect(MemberFactory(team_role="admin")), connect(ana)
    assert enter(outsider, topic) == {"ok": False, "status": 404}
    assert enter(insider, topic)["ok"]

    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Among us."})

    assert outsider.heard_of_posts() == []
    assert [name for name, _ in insider.heard_of_posts()] == ["post:posted"]


def test_under_the_chatham_house_rule_no_frame_names_anybody(connect, sign_in, ana, ben):
    forum = ForumFactory(space=SpaceFactory(confidentiality="chatham"))
    for member in (ana, ben):
        forum.space.admit(member)
    topic = start_topic(forum, ana)
    line = connect(ben)
    answer = enter(line, topic)

    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Frankly."})

    [(_, payload)] = line.heard_of_posts()
    assert payload == news(newest())
    assert answer.keys() == {"ok", "newest", "more", "fresh", "version", "spread"}


@pytest.mark.parametrize(
    "payload", [{}, {"topic_id": "1"}, {"topic_id": 1, "after": -1}, {"topic_id": 1, "room": 2}]
)
def test_a_malformed_event_is_refused(connect, ana, payload):
    assert connect(ana).say("topic:enter", **payload) == {"ok": False, "status": 400}

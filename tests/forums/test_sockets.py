import pytest

from cityexchange.core.db import db
from cityexchange.core.names import colour_bucket
from cityexchange.forums.models import PAGE
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, opening, start_topic


def enter(line, topic, **facts):
    return line.say("topic:enter", topic_id=topic.id, **facts)


def test_whoever_has_a_topic_open_hears_a_reply_once_it_is_saved(connect, sign_in, ana, ben, topic):
    line = connect(ana)
    assert enter(line, topic)["ok"]

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Try **this**, please: it worked for us."})

    [(event, facts)] = line.heard()
    post = opening(topic).topic and db.session.get(type(opening(topic)), facts["id"])
    assert event == "post:posted"
    assert facts["author"] == {"id": ben.id, "name": ben.name, "city": ben.city.name}
    assert facts["sign"] == {"initials": "BO", "colour": colour_bucket(ben.id)}
    assert (facts["topic_id"], facts["position"], facts["language"]) == (topic.id, 2, "en")
    assert "<strong>this</strong>" in facts["html"] and facts["posted_at"] == post.posted_at.isoformat()


def test_a_refused_reply_is_told_to_nobody(connect, sign_in, ana, ben, topic):
    line = connect(ana)
    enter(line, topic)

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": ""})

    assert line.heard() == []


def test_edits_and_removals_are_told_without_the_old_words(connect, sign_in, ana, ben, topic):
    reply = topic.post(ben, "Words of before.")
    line, browser = connect(ana), sign_in(ben)
    enter(line, topic)

    browser.post(f"/posts/{reply.id}/edit", data={"text": "Words of after.", "version": "1"})
    browser.post(f"/posts/{reply.id}/remove")

    changed, removed = line.heard()
    assert changed[0] == "post:changed" and "after" in changed[1]["html"]
    assert removed == ("post:removed", {"topic_id": topic.id, "id": reply.id, "position": 2})
    assert "before" not in str([changed, removed])


def test_what_was_missed_comes_with_the_answer(connect, ana, ben, topic):
    for n in range(2, 30):
        topic.post(ben, f"Reply {n}.")
    line = connect(ana)
    first = enter(line, topic, after=1)
    rest = enter(line, topic, after=1 + first["step"])

    assert [post["position"] for post in first["posts"] + rest["posts"]] == list(range(2, 30))
    assert (first["newest"], first["more"], rest["more"], first["step"]) == (29, True, False, PAGE)


def test_what_was_removed_does_not_come_back_with_the_answer(connect, ana, ben, topic):
    gone, kept = topic.post(ben, "Gone."), topic.post(ben, "Kept.")
    gone.remove(ben)

    answer = enter(connect(ana), topic, after=1)

    assert [post["id"] for post in answer["posts"]] == [kept.id] and "Gone" not in str(answer)


def test_whoever_left_hears_no_more(connect, ana, ben, topic, sign_in):
    line = connect(ana)
    enter(line, topic)
    assert line.say("topic:leave", topic_id=topic.id) == {"ok": True}

    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "A reply."})

    assert line.heard() == []


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_an_outsider_cannot_open_a_closed_topic(connect, sign_in, ana, confidentiality):
    forum = ForumFactory(space=SpaceFactory(confidentiality=confidentiality))
    forum.space.admit(ana)
    topic = start_topic(forum, ana)
    outsider, insider = connect(MemberFactory(team_role="admin")), connect(ana)
    assert enter(outsider, topic) == {"ok": False, "status": 404}
    assert enter(insider, topic)["ok"]

    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Among us."})

    assert outsider.heard() == []
    assert [name for name, _ in insider.heard()] == ["post:posted"]


def test_under_the_chatham_house_rule_no_frame_names_anybody(connect, sign_in, ana, ben):
    forum = ForumFactory(space=SpaceFactory(confidentiality="chatham"))
    for member in (ana, ben):
        forum.space.admit(member)
    topic = start_topic(forum, ana)
    line = connect(ben)
    answer = enter(line, topic)

    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Frankly."})

    [(_, facts)] = line.heard()
    assert facts["author"] is None and answer["posts"][0]["author"] is None
    assert "Frankly" in facts["html"]
    assert all(word not in str([facts, answer]) for word in (ana.name, ana.city.name, ana.handle))


@pytest.mark.parametrize(
    "facts", [{}, {"topic_id": "1"}, {"topic_id": 1, "after": -1}, {"topic_id": 1, "room": 2}]
)
def test_a_malformed_event_is_refused(connect, ana, facts):
    assert connect(ana).say("topic:enter", **facts) == {"ok": False, "status": 400}

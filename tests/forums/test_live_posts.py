"""What an open page asks for when it hears that something came: posts by their positions, as the page draws them for the same reader."""

import re

import pytest

from cityexchange.core.db import db
from cityexchange.forums.models import PAGE
from cityexchange.languages.models import translate
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic


def asked(browser, topic, after, until=0):
    return browser.get(f"/topics/{topic.id}/posts?after={after}&until={until}")


def positions(answer):
    return [int(n) for n in re.findall(r'data-position="(\d+)"', answer.text)]


def item(page, post):
    return re.search(rf'<li [^>]*id="post-{post.id}".*?</li>', page, re.S)[0]


def test_posts_come_by_their_positions_and_no_more_than_stand_on_a_page(sign_in, ben, topic):
    for n in range(2, 30):
        topic.post(ben, f"Reply {n}.")
    browser = sign_in(ben)

    assert positions(asked(browser, topic, 7, 8)) == [8]
    assert positions(asked(browser, topic, 1)) == list(range(2, 2 + PAGE))
    assert positions(asked(browser, topic, 1, 10**8)) == list(range(2, 2 + PAGE))
    assert positions(asked(browser, topic, 27)) == [28, 29]
    assert positions(asked(browser, topic, 29)) == [] == positions(asked(browser, topic, 10**8))
    assert 'data-newest="29"' in asked(browser, topic, 29).text


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "99999999999999999999"])
@pytest.mark.parametrize("name", ["after", "until"])
def test_a_number_that_is_none_is_no_page(sign_in, ben, topic, name, number):
    assert sign_in(ben).get(f"/topics/{topic.id}/posts?{name}={number}").status_code == 404


def test_each_reader_gets_what_their_own_page_shows(sign_in, ana, ben, facilitator, topic):
    """In their language, with their own buttons: one drawing for the page and for what comes later."""
    reply = topic.post(ben, "Par quoi commencer ?", language="fr")
    translate(reply, "text", "en", "Where to begin?")
    topic.mark_answer(reply, ana)
    french = MemberFactory(locale="fr", languages_read=["fr"])
    shown = {}
    for reader in (ana, ben, facilitator, french):
        browser = sign_in(reader)
        shown[reader] = item(asked(browser, topic, 1).text, reply)
        assert shown[reader] == item(browser.get(f"/topics/{topic.id}").text, reply)

    assert len(set(shown.values())) == 4
    assert "/unmark" in shown[ana] and f"/posts/{reply.id}/edit" in shown[ben]
    assert f"/posts/{reply.id}/remove" in shown[facilitator] and "Where to begin?" in shown[facilitator]
    assert "Where to begin?" not in shown[french] and "/edit" not in shown[french]


def test_what_was_removed_before_it_was_asked_for_is_a_number_without_words(
    connect, sign_in, ana, ben, topic
):
    line = connect(ana)
    line.say("topic:enter", topic_id=topic.id)
    sign_in(ben).post(f"/topics/{topic.id}/posts", data={"text": "Regretted words."})
    [(_, news)] = line.heard_of_posts()
    sign_in(ben).post(f"/posts/{news['id']}/remove")

    answer = asked(sign_in(ana), topic, 1)

    assert positions(answer) == [2] and "This post was removed." in answer.text
    assert "Regretted words." not in answer.text and ben.name not in answer.text


@pytest.mark.parametrize("how", ["left", "narrowed", "held", "removed"])
def test_what_was_told_before_the_right_was_lost_is_not_shown_after_it(connect, sign_in, ana, ben, how):
    forum = ForumFactory(space=SpaceFactory(confidentiality="members" if how == "narrowed" else "group"))
    forum.space.admit(ana)
    if how != "narrowed":
        forum.space.admit(ben)
    topic, reader = start_topic(forum, ana), sign_in(ben)
    line = connect(ben)
    line.say("topic:enter", topic_id=topic.id)
    sign_in(ana).post(f"/topics/{topic.id}/posts", data={"text": "Among us."})
    assert [event for event, _ in line.heard_of_posts()] == ["post:posted"]
    assert "Among us." in asked(reader, topic, 1).text  # and is in memory from now on

    if how in ("held", "removed"):
        topic.state = how
    elif how == "left":
        forum.space.leave(ben)
    else:
        forum.space.confidentiality = "group"
    db.session.commit()

    answer = asked(reader, topic, 1)
    assert answer.status_code == 404 and "Among us." not in answer.text


@pytest.mark.parametrize("confidentiality", ["group", "chatham"])
def test_outsiders_and_visitors_are_told_nothing_of_a_closed_topic(sign_in, visitor, ana, confidentiality):
    forum = ForumFactory(space=SpaceFactory(confidentiality=confidentiality))
    forum.space.admit(ana)
    topic = start_topic(forum, ana, text="Among us.")
    assert "Among us." in asked(sign_in(ana), topic, 0).text

    outsiders = [sign_in(MemberFactory()), sign_in(MemberFactory(team_role="admin", city=None)), visitor]
    answers = [asked(browser, topic, 0) for browser in outsiders]

    assert [answer.status_code for answer in answers] == [404, 404, 302]
    assert not any("Among us." in answer.text for answer in answers)
    assert [asked(browser, topic, 0).status_code for browser in outsiders[:2]] == [
        browser.get("/topics/999999/posts").status_code for browser in outsiders[:2]
    ]


def test_under_the_chatham_house_rule_nobody_is_named_in_what_comes(sign_in, ana, ben):
    forum = ForumFactory(space=SpaceFactory(confidentiality="chatham"))
    forum.space.admit(ana), forum.space.admit(ben)
    topic = start_topic(forum, ana)
    topic.post(ana, "Frankly.")

    answer = asked(sign_in(ben), topic, 0).text

    assert "Frankly." in answer and "A member of this space" in answer
    assert all(word not in answer for word in (ana.name, ana.city.name, f"/members/{ana.id}"))


def test_names_that_a_space_hides_from_now_on_do_not_come_from_memory(sign_in, ana, ben):
    forum = ForumFactory(space=SpaceFactory(confidentiality="group"))
    forum.space.admit(ana), forum.space.admit(ben)
    topic, browser = start_topic(forum, ana), sign_in(ben)
    assert ana.name in asked(browser, topic, 0).text

    forum.space.confidentiality = "chatham"
    db.session.commit()

    assert ana.name not in asked(browser, topic, 0).text


def test_who_asks_after_another_finds_the_posts_made(sign_in, count_queries, topic, ana, ben):
    """Two statements each: who reads, and the topic if they may see it."""
    topic.post(ana, "One reply for all.")
    first, second = sign_in(ben), sign_in(MemberFactory())
    address = f"/topics/{topic.id}/posts?after=1&until=2"
    first.get(address)
    with count_queries() as statements:
        assert "One reply for all." in second.get(address).text

    asked = [one for one in statements if one.startswith("SELECT") and "is_illustrative" not in one]
    assert len(asked) == 2, asked


def test_the_address_of_the_posts_alone_leads_to_the_topic_for_who_sees_it(sign_in, ana):
    """It is where a reply is sent, and where one stands when it was refused."""
    topic = start_topic(ForumFactory(space=SpaceFactory(confidentiality="group")), ana)
    topic.forum.space.admit(ana)
    answer = sign_in(ana).get(f"/topics/{topic.id}/posts")

    assert (answer.status_code, answer.location) == (303, f"/topics/{topic.id}")
    assert sign_in(MemberFactory()).get(f"/topics/{topic.id}/posts").status_code == 404

"""Everything written is a professional view; who speaks for a city says so, and nobody else can (practice.md 1.2, US03)."""

import pytest

from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, newest, opening, start_topic

MARK = '<p class="post__mark post__mark--official">'


@pytest.fixture
def focal():
    member = MemberFactory(name="Fatou Diop")
    member.seat.role = "city_focal_point"
    return member


def acts():
    return db.session.scalars(db.select(AuditEntry.verb).where(AuditEntry.record_type == "Post")).all()


def reply(browser, topic, **data):
    return browser.post(f"/topics/{topic.id}/posts", data={"text": "We open in May.", **data})


def test_a_reply_on_behalf_of_the_city_says_so_to_everybody(visitor, sign_in, focal, public_topic):
    browser = sign_in(focal)
    page = browser.get(f"/topics/{public_topic.id}").text
    assert 'name="is_official"' in page and MARK not in page
    assert reply(browser, public_topic, is_official="y").status_code == 303
    assert newest().is_official and acts() == ["speak_officially"]
    assert MARK in sign_in(MemberFactory()).get(f"/topics/{public_topic.id}/posts?after=1").text
    for reader in (browser, visitor, sign_in(MemberFactory())):
        assert reader.get(f"/topics/{public_topic.id}").text.count(MARK) == 1


def test_without_the_tick_it_is_a_professional_view(sign_in, focal, topic):
    browser = sign_in(focal)
    reply(browser, topic)
    assert not newest().is_official and acts() == []
    page = browser.get(f"/topics/{topic.id}").text
    assert MARK not in page and "professional views of those who write" in page


def test_others_are_neither_asked_nor_heard(sign_in, ben, facilitator, topic):
    for member in (ben, facilitator):
        browser = sign_in(member)
        assert 'name="is_official"' not in browser.get(f"/topics/{topic.id}").text
        assert reply(browser, topic, is_official="y").status_code == 403
    assert topic.post_count == 1


def test_a_topic_on_behalf_of_the_city_only_by_who_may(sign_in, ben, focal):
    forum = ForumFactory()
    data = {"kind": "discussion", "title": "Our new desk", "text": "It opens in May.", "is_official": "y"}
    for member, is_heard in ((ben, False), (focal, True)):
        assert sign_in(member).post(f"/forums/{forum.slug}/new", data=data).status_code == 303
        assert newest().is_official is is_heard


def test_the_city_names_who_else_may_and_takes_it_back(sign_in, ben, topic):
    ben.seat.speaks_officially = True
    reply(sign_in(ben), topic, is_official="y")
    assert newest().is_official
    ben.seat.speaks_officially = False
    assert reply(sign_in(ben), topic, is_official="y").status_code == 403


def test_no_city_speaks_while_it_stands_aside(sign_in, focal, public_topic):
    focal.seat.city.state = "suspended"
    assert reply(sign_in(focal), public_topic, is_official="y").status_code == 403


def test_what_hides_who_writes_takes_no_official_word(sign_in, focal):
    chatham = SpaceFactory(confidentiality="chatham")
    chatham.admit(focal)
    pen = SpaceFactory(allows_chosen_names=True)
    pen.admit(focal).chosen_name = "Tamarisk"
    for space in (chatham, pen):
        topic = start_topic(ForumFactory(space=space), author=focal)
        browser = sign_in(focal)
        assert 'name="is_official"' not in browser.get(f"/topics/{topic.id}").text
        assert reply(browser, topic, is_official="y").status_code == 403


def test_an_edit_says_anew_in_whose_name(sign_in, focal, topic):
    browser = sign_in(focal)
    reply(browser, topic, is_official="y")
    post = newest()
    form = browser.get(f"/posts/{post.id}/edit").text
    assert 'checked id="is_official"' in form
    browser.post(f"/posts/{post.id}/edit", data={"text": "We hope for May.", "version": 1})
    assert not post.is_official and MARK not in browser.get(f"/topics/{topic.id}").text
    browser.post(f"/posts/{post.id}/edit", data={"text": "We open in May.", "version": 2, "is_official": "y"})
    assert post.is_official and acts() == ["speak_officially", "speak_personally", "speak_officially"]


def test_who_lost_the_voice_edits_as_themself(sign_in, focal, topic):
    browser = sign_in(focal)
    reply(browser, topic, is_official="y")
    post, focal.seat.role = newest(), "member"
    browser.post(f"/posts/{post.id}/edit", data={"text": "Changed.", "version": 1, "is_official": "y"})
    assert post.text == "Changed." and not post.is_official


def test_the_mark_stays_with_words_that_others_answer(sign_in, focal, ben):
    topic = start_topic(author=focal, is_official=True)
    reply(sign_in(ben), topic)
    assert opening(topic).is_official and not newest().is_official

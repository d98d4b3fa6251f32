"""What one keeps is one's own affair, and tells of nothing that one may not see."""

import pytest

from cityexchange.bookmarks.models import Bookmark
from cityexchange.core.db import db
from cityexchange.core.policy import can, visible_to
from cityexchange.members.models import Visitor
from tests.bookmarks.factories import keep
from tests.factories import MemberFactory, SpaceFactory
from tests.forums.factories import ForumFactory, start_topic, titles

VERBS = "keep", "drop", "edit"


def seen(reader):
    return list(db.session.scalars(visible_to(reader, Bookmark)))


def test_only_who_keeps_it_sees_a_bookmark(ana, ben, records):
    mine = [keep(ana, record) for record in records.values()]
    others = ben, MemberFactory(team_role="admin", city=None), Visitor()

    assert seen(ana) == mine
    assert [seen(one) for one in others] == [[], [], []]


@pytest.mark.parametrize("verb", VERBS)
def test_only_who_keeps_it_changes_a_bookmark(ana, ben, topic, verb):
    bookmark = keep(ana, topic)

    assert can(ana, verb, bookmark)
    assert not can(ben, verb, bookmark)
    assert not can(Visitor(), verb, bookmark)
    assert not can(Visitor(), verb, Bookmark.of(Visitor(), topic))


def test_what_is_kept_hides_with_its_topic_and_comes_back_and_the_bookmark_stays_ones_own(ana, sign_in):
    space, browser = SpaceFactory(confidentiality="group"), sign_in(ana)
    space.admit(ana)
    topic = start_topic(ForumFactory(space=space))
    bookmark = keep(ana, topic)
    assert titles(browser.get("/bookmarks").text) == [topic.title]

    space.leave(ana)
    assert titles(browser.get("/bookmarks").text) == [] and seen(ana) == [bookmark]

    space.admit(ana)
    assert titles(browser.get("/bookmarks").text) == [topic.title]


def test_what_is_kept_hides_with_its_workshop_and_its_visit(ana, workshop, visit, sign_in):
    mine, browser = [keep(ana, workshop), keep(ana, visit)], sign_in(ana)
    workshop.state, opened_at, visit.call_opened_at = "draft", visit.call_opened_at, None
    db.session.flush()
    assert titles(browser.get("/bookmarks").text) == [] and seen(ana) == mine

    workshop.state, visit.call_opened_at = "announced", opened_at
    db.session.flush()
    assert titles(browser.get("/bookmarks").text) == [visit.title, workshop.title]

"""What drafts ask of the database: on a page that is read, nothing more than is asked anyway."""

import pytest

from tests.drafts.factories import keep_draft
from tests.drafts.places import PLACES, at
from tests.factories import SpaceFactory
from tests.forums.factories import ForumFactory, start_topic


def asked_for_drafts(count_queries, browser, path):
    """The statements of the second time, when all that many readers share is in memory."""
    assert browser.get(path).status_code == 200
    with count_queries() as statements:
        browser.get(path)
    return [one for one in statements if "drafts" in one]


def test_the_topics_own_statement_says_whether_there_is_a_draft(sign_in, ana, topic, count_queries):
    (statement,) = asked_for_drafts(count_queries, sign_in(ana), f"/topics/{topic.id}")

    assert "topics.version" in statement.split("FROM")[0]


def test_who_has_one_pays_a_statement_for_it(sign_in, ana, topic, count_queries):
    keep_draft(ana, f"/topics/{topic.id}/posts", text="Begun")

    assert len(asked_for_drafts(count_queries, sign_in(ana), f"/topics/{topic.id}")) == 2


@pytest.mark.parametrize("name", [name for name in PLACES if name != "reply"])
def test_the_page_of_a_form_asks_one_statement(sign_in, ana, count_queries, name):
    writer, page, _, _ = at(name, ana)

    assert len(asked_for_drafts(count_queries, sign_in(writer), page)) == 1


def test_a_visitor_is_not_asked_about(visitor, count_queries):
    topic = start_topic(ForumFactory(space=SpaceFactory(confidentiality="public")))

    assert asked_for_drafts(count_queries, visitor, f"/topics/{topic.id}") == []


def test_a_reply_that_was_no_draft_asks_nothing_about_one(sign_in, ana, topic, count_queries):
    browser = sign_in(ana)
    browser.post(f"/topics/{topic.id}/posts", data={"text": "First"})
    with count_queries() as statements:
        browser.post(f"/topics/{topic.id}/posts", data={"text": "At once"})

    assert [one for one in statements if "drafts" in one] == []

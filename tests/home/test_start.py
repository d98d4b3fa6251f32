"""A member's start page names each topic once."""

import pytest

from tests.factories import MemberFactory
from tests.forums.factories import start_topic, titles


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en", languages_read=["en"])


def test_a_question_that_went_on_stands_on_the_page_once(sign_in, ana):
    browser = sign_in(ana)
    read, went_on = start_topic(title="Read", language="en"), start_topic(title="Went on", language="en")
    for topic in (read, went_on):
        browser.post(f"/topics/{topic.id}/read")
    went_on.post(MemberFactory(), "As we did.")

    assert titles(browser.get("/").text) == ["Went on", "Read"]


def test_where_all_questions_stand_above_the_page_says_so(sign_in, ana):
    browser = sign_in(ana)
    topic = start_topic(title="Went on", language="en")
    browser.post(f"/topics/{topic.id}/read")
    topic.post(MemberFactory(), "As we did.")

    page = browser.get("/").text

    assert titles(page) == ["Went on"]
    assert "They stand above" in page and "No open question in your languages" not in page


def test_where_nothing_went_on_the_questions_stand_there(sign_in, ana):
    topic, browser = start_topic(title="Open to all", language="en"), sign_in(ana)
    browser.post(f"/topics/{topic.id}/read")
    page = browser.get("/").text
    assert titles(page) == ["Open to all"] and "They stand above" not in page

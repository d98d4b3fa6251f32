"""What is about a theme, wherever it stands: in the list of topics, on the theme's page (practice.md 2.3)."""

import re

import pytest

from tests.factories import MemberFactory, SpaceFactory, ThemeFactory
from tests.forums.factories import ForumFactory, newest, opening, start_topic, titles


@pytest.fixture
def housing():
    return ThemeFactory(key="housing")


def answer(topic, by=None):
    post = topic.post(by or MemberFactory(), "This is how we did it.")
    topic.mark_answer(post, topic.author)
    return topic


def section(page, id):
    found = re.search(rf'<section class="section" id="{id}".*?</section>', page, re.S)
    return titles(found[0]) if found else []


def test_the_list_is_narrowed_to_a_theme_and_stays_so_on_its_tabs(sign_in, ben, ana, housing):
    start_topic(author=ana, title="About housing", themes=(housing,))
    start_topic(author=ana, title="About nothing")
    page = sign_in(ben).get("/topics?theme=housing").text
    assert titles(page) == ["About housing"]
    assert '<option value="housing" selected>' in page
    assert 'href="/topics?filter=unanswered&amp;theme=housing"' in page
    assert "About nothing" in sign_in(ben).get("/topics?theme=rumours").text


FILTERS = [
    ("latest", {"Open", "Answered", "Mine"}),
    ("unanswered", {"Open", "Mine"}),
    ("answered", {"Answered"}),
    ("mine", {"Mine"}),
]


@pytest.mark.parametrize(("name", "shown"), FILTERS)
def test_theme_and_filter_narrow_together(sign_in, ana, ben, housing, name, shown):
    start_topic(author=ana, title="Open", themes=(housing,))
    answer(start_topic(author=ana, title="Answered", themes=(housing,)))
    start_topic(author=ben, title="Mine", themes=(housing,))
    answer(start_topic(author=ben, title="On another theme"))
    assert set(titles(sign_in(ben).get(f"/topics?filter={name}&theme=housing").text)) == shown


def test_a_long_list_goes_on_within_its_theme(sign_in, ana, ben, housing):
    forum = ForumFactory()
    for number in range(32):
        start_topic(forum, ana, title=f"Housing {number}", themes=(housing,))
        start_topic(forum, ana, title=f"Other {number}")
    browser, path, seen = sign_in(ben), "/topics?theme=housing", []
    while path:
        page = browser.get(path).text
        seen += titles(page)
        found = re.search(r'rel="next"\s+href="([^"]*)"', page)
        path = found[1].replace("&amp;", "&") if found else None
    assert sorted(seen) == sorted(f"Housing {number}" for number in range(32))


def test_a_theme_with_nothing_says_what_to_do(sign_in, ana, housing):
    page = sign_in(ana).get("/topics?theme=housing").text
    assert "Nothing on this theme yet" in page and 'href="/ask?theme=housing"' in page


def test_a_themes_page_tells_what_was_answered_and_what_else_is_said(sign_in, visitor, ana, housing):
    forum = ForumFactory(space=SpaceFactory(confidentiality="public"))
    answer(start_topic(forum, ana, title="Answered in public", themes=(housing,)))
    answer(start_topic(ForumFactory(), ana, title="Answered among members", themes=(housing,)))
    start_topic(forum, ana, title="Still open", themes=(housing,))
    page = sign_in(ana).get("/themes/housing").text
    assert section(page, "answered") == ["Answered among members", "Answered in public"]
    assert section(page, "talks") == ["Still open"]
    assert 'href="/topics?filter=answered&amp;theme=housing"' in page
    page = visitor.get("/themes/housing").text
    assert section(page, "answered") == ["Answered in public"] and "among members" not in page


def take_back(topic):
    topic.unmark_answer(newest())


def remove(topic):
    opening(topic).remove(topic.author)


def close_the_space(topic):
    topic.forum.space.confidentiality = "group"


@pytest.mark.parametrize("change", [take_back, remove, close_the_space])
def test_what_is_answered_no_more_or_may_not_be_seen_is_not_among_the_answers(
    sign_in, ana, ben, housing, change
):
    topic = answer(start_topic(author=ana, title="Answered", themes=(housing,)))
    browser = sign_in(ben)
    assert section(browser.get("/themes/housing").text, "answered") == ["Answered"]
    change(topic)
    assert section(browser.get("/themes/housing").text, "answered") == []
    assert titles(browser.get("/topics?filter=answered").text) == []

"""Pressed while the module is on its way that a button waits for: it is done once that is there, and on what was selected."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_quoting import SCREENS, SELECT, open_topic, quote_after, topic, way_back  # noqa: F401
from tests.browser.waiting import answered, hold, until_at_work, until_drawn

QUOTING, WRITING = re.compile(r"/quoting\.js"), re.compile(r"/ui/writing\.js")
FIELD = "#reply [name=text]"


@pytest.fixture
def page(visit_as, topic):  # noqa: F811
    return opened(visit_as, topic)


def opened(visit_as, topic, screen="English on a desk"):  # noqa: F811
    page = open_topic(visit_as, topic, *SCREENS[screen])
    until_at_work(page)
    return page


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("way", ["by hand", "by hand twice", "by keys"])
def test_an_early_press_quotes_what_was_selected(visit_as, topic, screen, way):  # noqa: F811
    page = opened(visit_as, topic, screen)
    go_on, post = hold(page, QUOTING), page.locator(".post").first
    words, quote = post.evaluate(SELECT, [4, 14]), post.locator("[data-quote]")
    if way == "by keys":
        quote.focus()
        page.keyboard.press("Enter")
    else:
        quote.click(click_count=2 if "twice" in way else 1)
    until_drawn(page)
    expect(page.locator(FIELD)).to_have_value("")
    with answered(page, QUOTING):
        go_on()

    expect(page.locator(FIELD)).to_have_value(re.compile(rf"^> {words}\n>\n"))
    expect(page.locator(FIELD)).to_have_value(way_back(post))
    expect(page.locator(FIELD)).to_be_focused()
    assert re.search(r"/topics/\d+\?lang", page.url)


def test_an_early_press_on_nothing_selected_quotes_the_beginning(page):
    go_on, post = hold(page, QUOTING), page.locator(".post").first
    post.locator("[data-quote]").click()
    go_on()
    expect(page.locator(FIELD)).to_have_value(quote_after(""))
    expect(page.locator(FIELD)).to_be_focused()


def test_a_press_that_ends_when_the_module_has_come_quotes_what_was_selected_as_it_began(page):
    go_on, post = hold(page, QUOTING), page.locator(".post").first
    words = post.evaluate(SELECT, [4, 14])
    post.locator("[data-quote]").hover()
    page.mouse.down()
    go_on()
    expect(page.locator(".posts[data-alive~=quoting]")).to_be_attached()
    page.mouse.up()
    expect(page.locator(FIELD)).to_have_value(re.compile(rf"^> {words}\n>\n"))


def test_what_never_comes_holds_no_press(page):
    page.route(QUOTING, lambda route: route.abort())
    page.fill(FIELD, "We begin.")
    page.locator("[data-quote]").first.click()
    page.wait_for_url("**/posts*")
    expect(page.locator(FIELD)).to_have_value(quote_after("We begin."))


@pytest.mark.parametrize("way", ["by hand", "by keys"])
def test_an_early_press_on_a_tool_marks_what_is_selected(page, way):
    go_on, tool = hold(page, WRITING), page.locator("#reply [data-tool=bold]")
    page.locator(FIELD).evaluate("area => { area.value = 'two desks'; area.setSelectionRange(4, 9) }")
    if way == "by keys":
        tool.focus()
        page.keyboard.press("Enter")
    else:
        tool.click()
    until_drawn(page)
    expect(page.locator(FIELD)).to_have_value("two desks")
    go_on()
    expect(page.locator(FIELD)).to_have_value("two **desks**")


def test_an_early_press_on_preview_shows_it_in_place_of_the_text(page):
    go_on, address = hold(page, WRITING), page.url
    page.locator(FIELD).evaluate("area => { area.value = 'two **desks**' }")
    page.locator("#reply [data-preview-url]").click()
    until_drawn(page)
    go_on()
    expect(page.locator("#reply .writing__preview strong")).to_have_text("desks")
    assert page.url == address


def test_a_picture_that_cannot_grow_opens_as_a_file(page):
    page.route(re.compile(r"/ui/picture\.js"), lambda route: route.abort())
    page.locator(".post__text").first.evaluate(
        "text => { text.innerHTML = '<a class=picture href=/about>picture</a>' }"
    )
    page.locator("a.picture").click()
    page.wait_for_url("**/about")

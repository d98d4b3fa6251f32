"""Quoting what is selected in a post, by hand and by keys, on a desk and on a phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

SCREENS = {
    "English on a desk": ("en", 1280),
    "French on a desk": ("fr", 1280),
    "Arabic on a phone": ("ar", 390),
}
SELECT = """(post, [from, to]) => {
  const text = document.createTreeWalker(post.querySelector(".post__text"), NodeFilter.SHOW_TEXT).nextNode()
  const range = document.createRange()
  range.setStart(text, from)
  range.setEnd(text, to)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  return getSelection().toString()
}"""


@pytest.fixture(scope="module")
def topic(chromium, live_server, signed_in):
    """Of its own, with a mention in it."""
    page = chromium.new_context(base_url=live_server.base_url, storage_state=signed_in("claire")).new_page()
    page.goto("/ask?title=Which desks to quote")
    page.locator("[name=forum]").first.check()
    page.fill(
        "[name=text]", "Two desks help newcomers. Thanks to @lieve-verbruggen for all.\n\nMore next week."
    )
    page.locator(".form__actions [type=submit]:not([formaction])").click()
    page.wait_for_url(re.compile(r"/topics/\d+"))
    address = re.search(r"/topics/\d+", page.url)[0]
    page.context.close()
    return address


def open_topic(visit_as, topic, lang="en", width=1280, **options):
    page = visit_as("claire", width=width, **options)
    page.goto(f"{topic}?lang={lang}")
    return page


def alive(page):
    page.locator(".post").first.dispatch_event("pointerdown")
    expect(page.locator(".posts[data-alive~=quoting]")).to_be_attached()
    return page.locator(".post").first


def way_back(post):
    number = post.get_attribute("id").removeprefix("post-")
    return re.compile(rf">\n> \[[^\]]+ ?1\]\(/posts/{number}\)\n\n$")


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_selected_has_a_button_that_quotes_it(visit_as, topic, screen):
    lang, width = SCREENS[screen]
    page = open_topic(visit_as, topic, lang, width)
    post, field = alive(page), page.locator("#reply [name=text]")
    button = page.locator(".quote-button")
    expect(button).to_be_hidden()
    words = post.evaluate(SELECT, [4, 14])
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    button.click()
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(f"^> {words}\n"))
    expect(field).to_have_value(way_back(post))
    expect(button).to_be_hidden()


def test_a_quote_goes_where_one_writes_and_undo_takes_it_back(visit_as, topic):
    page = open_topic(visit_as, topic)
    post, field = alive(page), page.locator("#reply [name=text]")
    field.press_sequentially("Before")
    expect(page.locator("#reply .writing[data-alive~=writing]")).to_be_attached()
    post.evaluate(SELECT, [0, 9])
    page.locator(".quote-button").click()
    expect(field).to_have_value(re.compile("^Before\n\n> Two desks\n>\n> "))
    field.press("Control+z")
    expect(field).to_have_value("Before")


@pytest.mark.parametrize("is_selected", [True, False], ids=["what is selected", "else the beginning"])
def test_the_act_in_the_foot_quotes_by_keys(visit_as, topic, is_selected):
    page = open_topic(visit_as, topic)
    post, field = alive(page), page.locator("#reply [name=text]")
    if is_selected:
        post.evaluate(SELECT, [4, 9])
    post.locator("[data-quote]").focus()
    page.keyboard.press("Enter")
    beginning = "Two desks help newcomers. Thanks to @lieve-verbruggen for all.\n>\n> More next week."
    expect(field).to_have_value(re.compile(f"^> {'desks' if is_selected else beginning}\n"))
    expect(field).to_have_value(way_back(post))
    expect(field).to_be_focused()
    assert page.url.split("?")[0].endswith(topic)


def test_words_of_two_posts_or_of_the_page_have_no_button(visit_as, topic):
    page = open_topic(visit_as, topic)
    alive(page)
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('main'))")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator(".quote-button")).to_be_hidden()
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('h1'))")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator(".quote-button")).to_be_hidden()


@pytest.mark.parametrize("screen", SCREENS)
def test_without_scripts_the_link_opens_the_reply_with_the_quote(visit_as, topic, screen):
    lang, width = SCREENS[screen]
    page = open_topic(visit_as, topic, lang, width, java_script_enabled=False)
    page.locator("[data-quote]").first.click()
    field = page.locator("#reply [name=text]")
    expect(field).to_have_value(
        re.compile(r"^> Two desks help newcomers\. Thanks to @lieve-verbruggen for all\.")
    )
    expect(field).to_be_in_viewport()

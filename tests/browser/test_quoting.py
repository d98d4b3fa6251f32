"""Quoting what is selected in a post, by hand and by keys, on a desk and on a phone, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_typed import type_into
from tests.browser.waiting import hold

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

SELECTED = "() => getSelection().getRangeAt(0).getBoundingClientRect().toJSON()"
SCROLL = """(text, edge) => {
  const { top } = text.getBoundingClientRect()
  scrollTo(0, scrollY + top - (edge === "start" ? 60 : innerHeight - 50))
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
@pytest.mark.parametrize("at", ["the foot", "the edge of the window", "its other edge"])
def test_what_is_selected_has_one_button_that_quotes_it_and_covers_nothing_of_it(visit_as, topic, screen, at):
    lang, width = SCREENS[screen]
    page = open_topic(visit_as, topic, lang, width)
    post, field = alive(page), page.locator("#reply [name=text]")
    button, foot = page.locator(".quote-button"), post.locator("[data-quote]")
    expect(button).to_be_hidden()
    if at != "the foot":
        post.evaluate("post => { post.querySelector('.post__text').style.paddingBlockEnd = '3000px' }")
        post.locator(".post__text").evaluate(SCROLL, "start" if at == "the edge of the window" else "end")
    words = post.evaluate(SELECT, [4, 14])
    expect(button).to_be_visible(visible=at != "the foot")
    expect(foot).to_have_class(re.compile("button--primary" if at == "the foot" else "button--quiet"))
    box, line = (foot if at == "the foot" else button).bounding_box(), page.evaluate(SELECTED)
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert not (box["y"] - 1.5 * line["height"] < line["y"] < box["y"] + box["height"] + line["height"] / 2)
    (foot if at == "the foot" else button).click()
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(f"^> {words}\n"))
    expect(field).to_have_value(way_back(post))
    expect(button).to_be_hidden()
    expect(foot).to_have_class(re.compile("button--quiet"))


def test_a_quote_goes_where_one_writes_and_undo_takes_it_back(visit_as, topic):
    page = open_topic(visit_as, topic)
    post, field = alive(page), page.locator("#reply [name=text]")
    field.press_sequentially("Before")
    expect(page.locator("#reply .writing[data-alive~=writing]")).to_be_attached()
    post.evaluate(SELECT, [0, 9])
    post.locator("[data-quote].button--primary").click()
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
    post, foot = page.locator(".post").first, page.locator(".post [data-quote]").first
    for part in ("main", "h1"):
        post.evaluate(SELECT, [0, 9])
        expect(foot).to_have_class(re.compile("button--primary"))
        page.evaluate("part => getSelection().selectAllChildren(document.querySelector(part))", part)
        expect(foot).to_have_class(re.compile("button--quiet"))
        expect(page.locator(".quote-button")).to_be_hidden()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("is_scripted", [False, True], ids=["without scripts", "before they have come"])
@pytest.mark.parametrize("begun", ["", "نبدأ هنا."], ids=["nothing", "some words"])
def test_without_scripts_the_button_brings_the_quote_after_what_was_typed(
    visit_as, topic, screen, is_scripted, begun
):
    lang, width = SCREENS[screen]
    page = visit_as("claire", width=width, java_script_enabled=is_scripted)
    field, go_on = page.locator("#reply [name=text]"), hold(page, re.compile(r"/js/app\.js"))
    page.goto(f"{topic}?lang={lang}", wait_until="commit")
    field.fill(begun)
    page.locator("[data-quote]").first.click()
    page.wait_for_url("**/posts*", wait_until="commit")
    go_on()
    expect(field).to_have_value(quote_after(begun))
    expect(field).to_be_in_viewport()


def quote_after(begun):
    own = f"{begun}\n\n" if begun else ""
    return re.compile(
        rf"^{own}> Two desks help newcomers\. Thanks to @lieve-verbruggen for all\..*\n\n$", re.DOTALL
    )


@pytest.mark.parametrize("begun", ["We begin.", "نبدأ هنا.", "我们开始。\n\n第二段"])
@pytest.mark.parametrize("kept", ["by the browser", "by the server"])
def test_an_address_with_a_quote_adds_it_to_what_was_kept(visit_as, topic, begun, kept):
    page = open_topic(visit_as, topic)
    if kept == "by the browser":
        page.context.route(re.compile(r"/drafts\?place="), lambda route: route.abort())
        type_into(page, "#reply [name=text]", begun.split("\n")[0])
        page.fill("#reply [name=text]", begun)
    else:
        with page.expect_response(lambda answer: "/drafts?place=" in answer.url and answer.ok):
            page.fill("#reply [name=text]", begun)
    number = page.locator(".post").first.get_attribute("id").removeprefix("post-")
    for _ in range(2):
        page.goto(f"{topic}?quote={number}#reply")
        expect(page.locator("#reply [name=text]")).to_have_value(quote_after(begun))
        page.reload()
        expect(page.locator("#reply [name=text]")).to_have_value(quote_after(begun))
    expect(page.get_by_text("also changed on another device")).to_have_count(0)


def test_enter_on_the_tick_of_the_reply_sends_the_reply_and_quotes_nothing(visit_as, topic):
    page = open_topic(visit_as, topic, java_script_enabled=False)
    page.locator("#reply [name=is_official]").press("Enter")
    expect(page.locator(".notice--error")).to_contain_text("Please write something first")
    expect(page.locator("#reply [name=text]")).to_have_value("")

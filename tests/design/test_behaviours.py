"""The small behaviours of the frame and of forms, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import stop_clock

pytestmark = [pytest.mark.browser, pytest.mark.no_app]


A_PAUSE = 10_000
"""Milliseconds by the page's own clock, which a test may turn on: more than any module waits before it asks."""


def begin_to_write(text):
    """Puts the cursor into a field, whose modules are fetched then."""
    text.click()
    alive = "textarea[data-alive~=autosize][data-alive~=mention][data-alive~=character-count]"
    expect(text.page.locator(alive)).to_be_focused()


def posted(page):
    return [address for method, address in page.asked if method == "POST"]


def test_a_weighty_act_asks_first_and_no_means_no(open_page):
    page = open_page()
    page.get_by_role("button", name="Close topic").click()
    dialog = page.get_by_role("dialog", name="Close this topic?")
    dialog.get_by_role("button", name="Cancel").click()
    assert posted(page) == []
    page.get_by_role("button", name="Close topic").click()
    with page.expect_response("**/forums/close"):
        dialog.get_by_role("button", name="Yes, go on").click()
    assert posted(page) == ["/forums/close"]


def test_a_form_that_came_back_leads_to_what_is_wrong(open_page):
    page = open_page()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("alert").get_by_role("link", name="Title").click()
    assert page.evaluate("document.activeElement.id") == "title"


def test_the_menu_opens_without_a_script(open_page):
    page = open_page(width=390, java_script_enabled=False)
    page.locator(".own-menu summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()


@pytest.mark.parametrize("leave", ["escape", "elsewhere"])
def test_the_menu_closes_when_one_turns_away(open_page, leave):
    page = open_page()
    page.locator(".own-menu summary").click()
    assert page.get_by_role("link", name="My page").is_visible()
    if leave == "escape":
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    else:
        page.mouse.click(600, 700)
    assert not page.get_by_role("link", name="My page").is_visible()


def test_dark_is_chosen_once_and_drawn_by_the_server_from_then_on(open_page):
    page = open_page()
    page.get_by_role("button", name="Dark", exact=True).click()
    dark = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == dark
    page.get_by_role("button", name="As my device").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


def test_a_mention_is_completed_by_keyboard(open_page):
    page = open_page()
    text = page.get_by_label("Your text")
    begin_to_write(text)
    text.press_sequentially("Ask @cla")
    choices = page.get_by_role("listbox", name="People and cities")
    choices.get_by_role("option", name="Clara, Milan").wait_for()
    first = choices.get_by_role("option", name="Claire Vasseur, Lyon")
    assert text.get_attribute("aria-activedescendant") == first.get_attribute("id")
    text.press("ArrowDown")
    text.press("Enter")
    assert text.input_value() == "Ask @clara "
    assert choices.count() == 0


def test_escape_leaves_the_mention_as_typed(open_page):
    page = open_page()
    text = page.get_by_label("Your text")
    begin_to_write(text)
    text.press_sequentially("Ask #ly")
    page.get_by_role("option", name="Lyon, France").wait_for()
    text.press("Escape")
    text.press("Enter")
    assert text.input_value() == "Ask #ly\n"


def test_an_address_with_an_at_sign_is_no_mention(open_page):
    page = open_page()
    text = page.get_by_label("Your text")
    begin_to_write(text)
    stop_clock(page)
    text.press_sequentially("a@cla")
    page.clock.run_for(A_PAUSE)
    text.press_sequentially(" @cla")
    with page.expect_response("**/mentions?*"):
        page.clock.run_for(A_PAUSE)
    asked = [address for _, address in page.asked if address.startswith("/mentions?")]
    assert asked == ["/mentions?q=%40cla"], "the second only"


def test_a_text_area_grows_and_tells_what_is_left_near_the_end(open_page):
    page = open_page()
    text = page.get_by_label("Your text")
    height = text.bounding_box()["height"]
    begin_to_write(text)
    text.fill("x\n" * 10)
    assert not page.get_by_text("Characters left").is_visible()
    text.fill("x\n" * 20 + "x" * 1860)
    assert page.get_by_text("Characters left: 100").is_visible()
    assert text.bounding_box()["height"] > height


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 2001, "1 character too many: at most 2,000 fit in here."),
        ("x" * 3204, "1,204 characters too many: at most 2,000 fit in here."),
        ("😀" * 2002, "2 characters too many: at most 2,000 fit in here."),
        ("x\n" * 1001, "2 characters too many: at most 2,000 fit in here."),
        ("الو" * 667, "1 character too many: at most 2,000 fit in here."),
    ],
    ids=["one", "many", "emoji", "lines", "another script"],
)
def test_what_is_pasted_stays_whole_and_how_much_is_too_much_is_said_once_one_pauses(open_page, typed, said):
    page = open_page()
    text = page.get_by_label("Your text")
    begin_to_write(text)
    stop_clock(page)
    text.fill(typed)
    assert text.input_value() == typed
    assert page.get_by_text(said).first.is_visible()
    heard = page.locator("textarea ~ [role=status]")
    expect(heard).to_have_text("")
    page.clock.run_for(A_PAUSE)
    expect(heard).to_have_text(said)

"""One tab signs out: the others say so, keep nothing that is typed from then on, and lose none of it from the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_typed import REPLY, WORDS, kept, open_page, sign_in, type_into
from tests.browser.waiting import until

OUT = ".behind--everywhere"
WRITING = {  # as in FORMS, of which none is sent here
    "a reply": ("/topics/11?lang=en", REPLY),
    "the chat": ("/chat/rooms/2?lang=en", ".composer textarea"),
    "a new topic": ("/forums/housing/new?lang=en", "[name=title]"),
}


@pytest.mark.parametrize("form", WRITING)
@pytest.mark.parametrize("begun", [False, True])
def test_after_a_sign_out_in_one_tab_no_other_keeps_what_is_typed(visit, form, begun):
    path, field = WRITING[form]
    one = open_page(visit(), "/sign-in?lang=en")
    sign_in(one, "claire")
    one.wait_for_url("**/")
    other = open_page(one.context.new_page(), path)
    if begun:
        type_into(other, field, "Begun before.")
    one.locator(".own-menu summary").click()
    one.locator("form[action$='/sign-out'] button").click()
    one.wait_for_url("**/sign-in")

    expect(other.locator(OUT)).to_contain_text("You signed out in another tab.")
    other.locator(field).first.fill(WORDS)
    assert other.evaluate("() => new Promise(requestAnimationFrame)")
    assert not kept(other) and not kept(one)
    expect(other.locator(field).first).to_have_value(WORDS)

    sign_in(one, "claire")
    one.wait_for_url("**/")
    expect(other.locator(OUT)).to_have_count(0)
    assert until(other, lambda: any(WORDS in value for _, value in kept(other))), "kept again"
    other.reload()
    expect(other.locator(field).first).to_have_value(WORDS)


def test_a_tab_whose_browser_is_another_members_by_now_keeps_nothing(visit):
    one = open_page(visit(), "/sign-in?lang=en")
    sign_in(one, "claire")
    one.wait_for_url("**/")
    other = open_page(one.context.new_page(), "/topics/11?lang=en")
    one.context.clear_cookies(name="session")
    one.goto("/sign-in?lang=en")
    sign_in(one, "nour")
    one.wait_for_url("**/")
    expect(other.locator(OUT)).to_be_visible()
    other.locator(REPLY).first.fill(WORDS)
    other.evaluate("() => new Promise(requestAnimationFrame)")
    assert not kept(other)

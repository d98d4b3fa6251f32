"""What is typed at the last moment before a sign-out is a draft, from every window of the browser, and no sign-out waits for it for ever."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_drafts import KEPT, MORE, WORDS, begin, enter, type_and_wait
from tests.browser.test_typed import kept, type_into

TITLE = "[name=title]"


def sign_out(page):
    page.locator(".own-menu summary").click()
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")


def expect_draft(page, *words):
    enter(page, "claire", "/drafts")
    expect(page.locator("main .row")).to_have_count(len(words))
    for one in words:
        expect(page.locator("main .row", has_text=one)).to_have_count(1)


@pytest.mark.parametrize("before", ["", WORDS], ids=["the first words", "more words"])
def test_what_is_typed_just_before_signing_out_is_found_again(visit, before):
    page = visit()
    enter(page, "claire", "/ask")
    if before:
        type_and_wait(page, page.locator(TITLE), before)
    type_into(page, TITLE, MORE)
    sign_out(page)

    assert not kept(page)
    expect_draft(page, MORE)


def test_what_another_window_holds_goes_to_the_server_too(visit):
    page = visit()
    enter(page, "claire", "/ask")
    other = page.context.new_page()
    other.goto("/forums/housing/new")
    type_into(page, TITLE, WORDS)
    type_into(other, TITLE, MORE)
    page.bring_to_front()
    sign_out(page)

    assert not kept(page) and not kept(other)
    expect_draft(page, WORDS, MORE)


def test_what_is_on_its_way_while_more_is_typed_goes_in_the_right_order(visit):
    page, waiting = visit(), []
    enter(page, "claire", "/ask")
    page.route(KEPT, lambda route: route.continue_() if waiting else waiting.append(route))
    with page.expect_request(KEPT):
        begin(page, page.locator(TITLE), WORDS)
    type_into(page, TITLE, WORDS + MORE)
    page.locator(".own-menu summary").click()
    page.locator("form[action$='/sign-out'] button").click()
    waiting[0].continue_()
    page.wait_for_url("**/sign-in")

    expect_draft(page, MORE)


def test_a_server_that_takes_no_draft_holds_no_sign_out(visit):
    page, waiting = visit(), []
    enter(page, "claire", "/ask")
    page.route(KEPT, lambda route: waiting.append(route))
    type_into(page, TITLE, WORDS)
    sign_out(page)

    assert waiting and not kept(page)


def test_without_scripts_a_sign_out_is_as_it_was(visit):
    page = visit(java_script_enabled=False)
    enter(page, "claire", "/ask")
    page.fill(TITLE, WORDS)
    page.locator(".own-menu summary").click()
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")


def test_what_was_refused_for_another_device_is_found_again_after_signing_out_without_a_choice(visit):
    desk, phone = visit(), visit(width=390)
    for page in (desk, phone):
        enter(page, "claire", "/ask")
    type_and_wait(desk, desk.locator(TITLE), WORDS)
    begin(phone, phone.locator(TITLE), MORE)
    expect(phone.locator(".notice--warning")).to_be_visible()
    type_into(phone, TITLE, MORE + " Et encore.")
    sign_out(phone)

    expect_draft(phone, WORDS, "Et encore.")
    expect(phone.locator("main .row", has_text="Et encore.").get_by_role("link")).to_have_count(2)

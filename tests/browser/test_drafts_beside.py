"""A second question beside an old draft: neither takes the other's place, in this tab, in an old one, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_drafts import LINE, MORE, WORDS, begin, open_form, type_and_wait
from tests.browser.waiting import until

ANOTHER = "Begin another beside it"
BROUGHT = ["?title=What+about+buses%3F", "?theme=education", "?mention=%40claire-dubois"]
UNSENT = " Et encore."


def begin_another(page):
    page.get_by_role("link", name=ANOTHER).click()
    page.wait_for_url("**beside=*")


def expect_rows(page, *words):
    """Looked at from another window: what goes to another draft is still on its way from this one."""
    drafts = page.context.new_page()

    def rows():
        drafts.goto("/drafts?lang=en")
        return drafts.locator("main .row")

    assert until(drafts, lambda: rows().count() == len(words))
    for one in words:
        expect(drafts.locator("main .row", has_text=one)).to_have_count(1)
    drafts.close()


FORMS = {
    "a question": ("claire", "/ask?lang=en", "[name=title]"),
    "an offer": ("claire", "/visits/new?lang=en", "[name=title]"),
    "a workshop": ("organiser", "/workshops/new?lang=en", "[name=title]"),
}


@pytest.mark.parametrize("form", FORMS)
def test_two_are_begun_found_and_gone_on_with(visit_as, form):
    member, path, field = FORMS[form]
    page = visit_as(member)
    page.goto(path)
    title = page.locator(field)
    type_and_wait(page, title, WORDS)
    page.reload()
    begin_another(page)
    expect(title).to_have_value("")
    expect(page.locator(LINE)).to_contain_text("inscrivez-vous")
    type_and_wait(page, title, MORE)
    page.reload()
    expect(title).to_have_value(MORE)

    expect_rows(page, WORDS, MORE)
    for words in (WORDS, MORE):
        page.goto("/drafts?lang=en")
        page.locator("main .row", has_text=words).get_by_role("link", name="Go on").click()
        expect(title).to_have_value(words)


@pytest.mark.parametrize("way", [ANOTHER, *BROUGHT])
def test_the_last_words_of_the_old_one_go_to_it_and_not_into_the_new_one(visit_as, way):
    page, title = open_form(visit_as, "/ask?lang=en")
    type_and_wait(page, title, WORDS)
    page.reload()
    begin(page, title, WORDS + UNSENT)
    assert until(page, lambda: UNSENT in str(page.evaluate("() => Object.values(localStorage)")))
    if way == ANOTHER:
        begin_another(page)
    else:
        page.goto(f"/ask{way}&lang=en")
    expect(page.locator(LINE)).to_contain_text("inscrivez-vous")
    expect(title).to_have_value("What about buses?" if "title" in way else "")
    type_and_wait(page, title, MORE)

    expect_rows(page, UNSENT.strip(), MORE)


def test_the_old_tab_goes_on_with_its_own_and_sends_no_other(visit_as):
    old, title = open_form(visit_as, "/forums/housing/new?lang=en")
    type_and_wait(old, title, WORDS)
    new = old.context.new_page()
    new.goto("/forums/housing/new?lang=en")
    begin_another(new)
    type_and_wait(new, new.locator("[name=title]"), MORE)

    type_and_wait(old, title, WORDS + UNSENT)
    expect(old.get_by_text("also changed on another device")).to_have_count(0)
    old.fill("[name=text]", "Words of a test of drafts.")
    old.get_by_role("button", name="Publish the topic").click()
    old.wait_for_url("**/topics/*")
    expect_rows(old, MORE)

    type_and_wait(new, new.locator("[name=title]"), MORE + UNSENT)
    expect(new.locator(".draft-sent")).to_have_count(0)


def test_what_is_sent_from_the_new_one_leaves_the_old_one(visit_as):
    page, title = open_form(visit_as, "/forums/housing/new?lang=en")
    type_and_wait(page, title, WORDS)
    page.reload()
    begin_another(page)
    type_and_wait(page, title, MORE)
    page.fill("[name=text]", "Words of a test of drafts.")
    page.get_by_role("button", name="Publish the topic").click()
    page.wait_for_url("**/topics/*")
    expect_rows(page, WORDS)

    page.goto("/forums/housing/new?lang=en")
    expect(title).to_have_value("")
    page.get_by_role("link", name="Go on with it").click()
    expect(title).to_have_value(WORDS)


def test_both_are_kept_without_scripts(visit_as):
    page, title = open_form(visit_as, "/ask?lang=en", java_script_enabled=False)
    title.fill(WORDS)
    page.get_by_role("button", name="Keep as my draft").click()
    page.goto("/ask?title=What+about+buses%3F&lang=en")
    expect(title).to_have_value("What about buses?")
    expect(page.locator(LINE)).to_contain_text("inscrivez-vous")
    page.get_by_role("button", name="Keep as my draft").click()
    page.wait_for_url(re.compile("/drafts$"))

    expect_rows(page, WORDS, "What about buses?")
    page.locator("main .row", has_text=WORDS).get_by_role("link", name="Go on").click()
    expect(title).to_have_value(WORDS)
    title.fill(WORDS + UNSENT)
    page.get_by_role("button", name="Keep as my draft").click()
    expect_rows(page, UNSENT.strip(), "What about buses?")

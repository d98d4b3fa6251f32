"""A member's week in a browser: each thing with its reason, and an answer with one press from the mail, without signing in."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MEMBERS

WALKS = {"fr": ("claire", 1280), "ar": ("nour", 390)}


def waiting(page, question):
    """The things of the page that have an answer to press for this question."""
    heading = page.get_by_role("heading", name=question, exact=True)
    return page.locator("main .row").filter(has=heading).filter(has=page.locator("[value=no]"))


@pytest.mark.parametrize("locale", WALKS)
def test_a_question_is_answered_by_one_press_from_the_mail(live_server, visit, visit_as, locale):
    member, width = WALKS[locale]
    assert "Written." in live_server.flask("digest", "write", MEMBERS[member])
    box = visit(width=width, locale=locale)
    box.goto("/dev/mail")
    box.locator("main li, main tr").filter(has_text=MEMBERS[member]).first.locator(
        "a[href^='/dev/mail/']"
    ).first.click()
    box.goto(f"{box.url}/html")
    answer = box.locator(".answer").nth(1)
    words = answer.inner_text()
    answer.click()

    expect(box.locator("main form button")).to_have_text(words)
    assert box.evaluate("document.documentElement.scrollWidth") <= width
    expect(box.locator("html")).to_have_attribute("lang", locale)
    box.locator("main form button").click()
    expect(box.locator("main [role=status]")).to_be_visible()
    question = box.locator("main h1").inner_text()

    page = visit_as(member, width=width, locale=locale)
    page.goto("/digest")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("#given").get_by_role("heading", name=question, exact=True)).to_be_visible()
    expect(waiting(page, question)).to_have_count(0)

    box.locator("main form button").click()
    expect(box.locator("main form button")).to_have_text(words)
    page.reload()
    expect(waiting(page, question)).to_have_count(1)


def test_the_weekly_page_is_found_in_the_menu_and_answers_with_a_press(visit_as):
    page = visit_as("claire", width=390, locale="fr")
    page.goto("/digest")
    thing = page.locator("main .row").filter(has=page.locator("[value=no]")).first
    question = thing.get_by_role("heading").inner_text()
    thing.locator("form").filter(has=page.locator("[value=help]")).get_by_role("button").click()

    expect(page.locator("main [name=text]")).not_to_be_empty()
    page.locator("main form[action$='/take-back'] button").click()
    expect(waiting(page, question)).to_have_count(1)

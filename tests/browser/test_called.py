"""Under a text stands whom it names, while it is written; a slow answer is none to what stands there now."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import hold

CALLED = re.compile(r"/mentions/called")
SAID = {"en": "This text names: Claire Vasseur (Lyon)", "ar": "يذكر هذا النص: Claire Vasseur (ليون)"}


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("ar", 390)])
def test_names_come_and_go_with_what_is_typed(visit_as, lang, width):
    page = visit_as("nour", width=width)
    page.goto(f"/topics/11?lang={lang}")
    field, line = page.locator("#reply [name=text]"), page.locator("#reply .writing + [role=status]")
    field.press_sequentially("谢谢@claire-vasseur ")
    expect(line).to_have_text(SAID[lang])
    expect(field).to_be_focused()
    field.fill("Nobody")
    expect(line).to_be_empty()


def test_a_slow_answer_to_earlier_words_is_not_shown(visit_as):
    page = visit_as("nour")
    page.goto("/topics/11?lang=en")
    go_on = hold(page, CALLED)
    field, line = page.locator("#reply [name=text]"), page.locator("#reply .writing + [role=status]")
    with page.expect_request(CALLED):
        field.press_sequentially("@claire-vasseur ")
    with page.expect_response(re.compile(r"konrad")):
        with page.expect_request(re.compile(r"konrad")):
            field.fill("@konrad-feistl ")
        go_on()
    expect(line).not_to_contain_text("Claire")


def test_in_a_draft_that_comes_back_they_stand_as_soon_as_it_is_touched(visit_as):
    page = visit_as("nour")
    page.goto("/ask?mention=@claire-vasseur&lang=en")
    page.locator("[name=text]").focus()
    expect(page.locator(".writing + [role=status]")).to_contain_text("Claire Vasseur")

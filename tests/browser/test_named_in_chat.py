"""Who is named in the chat is led to the very message, however much was said since, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_cities_join import press
from tests.browser.waiting import until, until_drawn


@pytest.fixture
def open_talk(visit_as):
    """open_talk(name, *said): a new room in a space that Claire reads, and what the facilitator says there."""
    page = visit_as("facilitator")

    def open_one(name, *said):
        page.goto("/chat/rooms/new?space=first-weeks&lang=en")
        page.fill("[name=name]", name)
        press(page)
        page.wait_for_url(re.compile(r"/chat/rooms/\d+$"))
        token = page.locator("#message-act [name=csrf_token]").get_attribute("value")
        for number, text in enumerate(said):
            form = {"csrf_token": token, "text": text, "nonce": f"{name}-{number}"}
            # Whoever says much in ten seconds is asked to wait.
            assert until(page, lambda form=form: page.request.post(f"{page.url}/messages", form=form).ok)

    return open_one


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("since", [1, 30], ids=["a moment ago", "far up"])
def test_the_message_is_on_the_screen_and_has_the_focus(visit_as, open_talk, since, has_scripts):
    talk = f"Talk of {since}, {has_scripts}"
    open_talk(talk, *["Before."] * 8, "Here, @claire-vasseur, look.", *["Afterwards."] * since)
    claire = visit_as("claire", width=390, java_script_enabled=has_scripts)
    claire.goto("/notifications?lang=en")
    claire.get_by_role("link", name=talk).click()
    claire.wait_for_url(re.compile(r"/chat/rooms/\d+.*#message-\d+"))
    message = claire.locator(".message", has_text="Here, ").first

    expect(message).to_be_in_viewport()
    expect(message).to_be_focused()
    if has_scripts:
        until_drawn(claire)
        expect(message).to_be_in_viewport()

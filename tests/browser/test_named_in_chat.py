"""Who is named in the chat is led to the very message, however much was said since, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_bell import expect_unread
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


def test_who_is_named_twice_far_up_reads_the_one_by_the_press_and_the_other_by_seeing_it(visit_as, open_talk):
    claire = visit_as("claire")
    claire.goto("/notifications?lang=en")
    if (everything := claire.get_by_role("button", name="Mark all as read")).is_visible():
        everything.click()
    expect_unread(claire, 0)
    named = ["Here, @claire-vasseur, look."] * 2
    open_talk("Talk of two", *named, *["Afterwards."] * 40, named[0], *["Afterwards."] * 10)
    claire.reload()
    expect_unread(claire, 3)
    with claire.expect_request(re.compile(r"/chat/rooms/\d+/read$")) as told:
        claire.get_by_role("link", name="Talk of two").click()
    assert re.search(r'name="since"\s+1\s', told.value.post_data)

    claire.goto("/notifications?filter=unread&lang=en")
    expect_unread(claire, 1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_moment_of_a_message_is_a_target_though_a_name_stands_in_its_first_line(
    visit_as, open_talk, language
):
    """The link with the time stands right above the link with the name: a finger takes each of them for itself."""
    open_talk(f"Talk of fingers, {language}", "@claire-vasseur, look.")
    claire = visit_as("claire", width=390)
    claire.goto(f"/chat?lang={language}")
    claire.locator("main a", has_text=f"Talk of fingers, {language}").first.click()
    moment, name = claire.locator(".message__when"), claire.locator(".message .message__text a")
    expect(name).to_have_count(1)

    # The rule of axe looks at how both lie, which depends on the names: the height itself is what holds.
    assert moment.bounding_box()["height"] >= 24

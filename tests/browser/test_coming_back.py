"""A page that is left and come back to as it was (a browser's back/forward cache) has let its line go, and rings again.

A browser that is steered from outside, as here, keeps no page in that cache: what it would tell the page is told here instead.
"""

# ruff: noqa: F811

import pytest
from playwright.sync_api import expect

from tests.browser.test_bell import claire, expect_unread, mention, nour, topic  # noqa: F401  # fixtures
from tests.browser.test_one_line import lines, stand, waits_for_its_turn  # noqa: F401  # fixtures
from tests.browser.waiting import entering, stop_clock, until, until_drawn

pytestmark = pytest.mark.every_database
DEAF = """addEventListener("storage", (event) => window.isAway && event.stopImmediatePropagation())
addEventListener("pageshow", () => { window.isAway = false })"""
HELD = (
    "navigator.locks.query().then(({ held }) => held.filter(({ name }) => name.startsWith('bell:')).length)"
)


def leave(page):
    """Into the cache: no other tab is heard there."""
    page.evaluate("isAway = true; dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")


def come_back(page):
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def test_who_leaves_gives_up_the_line_and_takes_it_when_it_comes_back(nour, topic, claire, lines):
    stand(claire)
    assert lines.are(1)
    leave(claire)
    assert lines.are(0)
    assert until(claire, lambda: claire.evaluate(HELD) == 0)
    mention(nour, topic)
    until_drawn(claire)
    expect(claire.locator("[data-unread]")).to_have_attribute("data-unread", "0")

    come_back(claire)
    expect_unread(claire, 1)
    assert lines.are(1)
    mention(nour, topic, "once more")
    expect_unread(claire, 2)


def test_meanwhile_another_tab_has_the_line_and_the_page_waits_for_its_turn(nour, topic, claire, lines):
    stand(claire)
    assert lines.are(1)
    other = claire.context.new_page()
    stand(other)
    assert waits_for_its_turn(other)
    leave(claire)
    assert lines.were(2, other)
    come_back(claire)
    assert waits_for_its_turn(claire)
    mention(nour, topic)
    for page in (claire, other):
        expect_unread(page, 1)
    other.close()
    assert lines.were(3, claire)


def test_what_another_tab_heard_meanwhile_is_shown_at_once(nour, topic, claire):
    claire.context.add_init_script(DEAF)
    stop_clock(claire)
    claire.goto("/bookmarks?lang=en")
    expect(claire.locator("[data-unread]")).to_have_attribute("data-alive", "bell")
    leave(claire)
    other = claire.context.new_page()
    with entering(other):
        other.goto("/chat/rooms/1?lang=en")
    mention(nour, topic)
    expect_unread(other, 1)
    other.close()
    expect(claire.locator("[data-unread]")).to_have_attribute("data-unread", "0")

    come_back(claire)
    expect_unread(claire, 1)

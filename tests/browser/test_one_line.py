"""The bell rings on every page of a member that stands: of all tabs of a browser one has a line for all."""

# ruff: noqa: F811

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import say
from tests.browser.test_bell import claire, expect_unread, mention, nour, topic  # noqa: F401  # fixtures
from tests.browser.waiting import entering, stop_clock, until, until_at_work, until_drawn

pytestmark = pytest.mark.every_database


class Lines:
    """All that the tabs of a browser open, and what is asked for on the way there."""

    def __init__(self, page):
        self.page, self.opened, self.greeted, self.asked = page, [], [], []
        self.watch(page)
        page.context.on("page", self.watch)

    def watch(self, page):
        page.on("websocket", self.listen)
        page.on("request", lambda request: self.asked.append(request.url))

    def listen(self, line):
        self.opened.append(line)
        greet = lambda frame: self.greeted.append(line) if "notification:new" in str(frame) else None
        line.on("framereceived", greet)

    @property
    def standing(self):
        return [line for line in self.opened if not line.is_closed()]

    def are(self, number):
        return until(self.page, lambda: len(self.standing) == number)

    def were(self, number, page):
        """Opened in all: of those of a page that is gone Playwright does not hear the end."""
        return until(page, lambda: len(self.opened) == number)

    def is_asked_for(self):
        return any("one-line.js" in url for url in self.asked)


@pytest.fixture
def lines(claire):
    return Lines(claire)


def stand(page, path="/bookmarks?lang=en"):
    """A page that is told how much is unread, by a line of its own or of another tab."""
    page.goto(path)
    until_at_work(page)


def stand_still(page, path):
    """With a clock that stands: what a page begins by itself after a while, it begins when the test lets time go by."""
    page.goto(path)
    expect(page.locator("[data-unread]")).to_have_attribute("data-alive", "bell")


def let_pass(page, milliseconds):
    page.clock.run_for(milliseconds)
    page.title()  # the browser has told of its requests when it answers


def waits_for_its_turn(page):
    count = "navigator.locks.query().then(({ pending }) => pending.length)"
    return until(page, lambda: page.evaluate(count) == 1)


def mention_in_chat(nour):
    nour.goto("/chat/rooms/1?lang=en")
    say(nour, "@claire-vasseur please look")


CALLS = {"forum": mention, "chat": lambda nour, _topic: mention_in_chat(nour)}


@pytest.mark.parametrize("place", CALLS)
def test_a_page_without_a_line_of_its_own_hears_too(nour, topic, claire, lines, place):
    stand(claire)
    assert lines.are(1)
    CALLS[place](nour, topic)
    expect_unread(claire, 1)
    assert len(lines.opened) == 1


@pytest.mark.parametrize(
    "path", ["/forums?lang=en", "/chat/rooms/1?lang=en"], ids=["beside", "behind a room"]
)
def test_all_tabs_hear_over_one_line_and_another_takes_over(nour, topic, claire, lines, path):
    stand(claire, path)
    assert lines.are(1)
    other = claire.context.new_page()
    stand(other)
    assert waits_for_its_turn(other)
    mention(nour, topic)
    for page in (claire, other):
        expect_unread(page, 1)
    assert len(lines.opened) == 1

    claire.close()
    assert lines.were(2, other)
    mention(nour, topic, "once more")
    expect_unread(other, 2)


def test_who_passes_through_pages_opens_no_line(claire, lines):
    stop_clock(claire)
    for path in ("/bookmarks", "/forums", "/topics"):
        stand_still(claire, path)
        let_pass(claire, 2_900)
    assert not lines.is_asked_for()
    let_pass(claire, 200)
    assert lines.are(1)


def test_who_saves_data_hears_where_a_line_is_open_anyway(nour, topic, claire, lines):
    saves = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    claire.context.add_init_script(saves)
    stop_clock(claire)
    stand_still(claire, "/bookmarks?lang=en")
    let_pass(claire, 10_000)
    assert not lines.is_asked_for()

    other = claire.context.new_page()
    with entering(other):
        other.goto("/chat/rooms/1?lang=en")
    assert lines.are(1)
    mention(nour, topic)
    expect_unread(claire, 1)


def test_a_line_that_is_lost_is_no_news_of_a_page_that_can_do_without(nour, topic, claire, lines):
    stand(claire)
    assert until(claire, lambda: lines.greeted)
    claire.context.set_offline(True)
    assert lines.are(0)
    until_drawn(claire)
    assert claire.locator(".behind:visible, [data-mode]").count() == 0
    mention(nour, topic)
    claire.context.set_offline(False)

    expect_unread(claire, 1)


def test_a_page_that_is_left_lets_its_line_go(claire, lines):
    stand(claire)
    assert lines.are(1)
    stand(claire, "/forums")
    assert lines.were(2, claire)


def test_after_a_sign_out_elsewhere_no_tab_asks_for_a_line(visit):
    page = visit()
    page.goto("/?lang=en")
    page.get_by_role("button", name="Pilar Echeverri").click()
    page.wait_for_url("**/")
    lines = Lines(page)
    stand(page)
    assert lines.are(1)
    other = page.context.new_page()
    other.goto("/")
    other.locator(".own-menu summary").click()
    other.locator("form[action$='/sign-out'] button").click()
    other.wait_for_url("**/sign-in")

    assert lines.are(0)
    held = "navigator.locks.query().then(({ held }) => held.length)"
    assert until(page, lambda: page.evaluate(held) == 0)

"""A post is read by being seen to its end for a moment, and with it what the bell told of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SEND
from tests.browser.test_bell import expect_unread, unread
from tests.browser.test_live_topics import number_of, send
from tests.browser.waiting import stop_clock, until

READ = re.compile(r"/topics/\d+/read$")
LONG = "One line of many.\n\n" * 40
SCROLL_PAST = """post => {
  post.scrollIntoView({ block: "end" })
  scrollBy(0, 20)
  dispatchEvent(new Event("scroll"))
}"""
HIDE = "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true }) }"


@pytest.fixture
def nour(visit_as):
    """Who has read all that came before."""
    page = visit_as("nour")
    page.goto("/notifications?lang=en")
    if unread(page):
        page.get_by_role("button", name="Mark all as read").click()
        expect_unread(page, 0)
    return page


@pytest.fixture
def claire(visit_as):
    return visit_as("claire")


@pytest.fixture
def topic(claire):
    """A question of Claire's, that takes more than a screen."""
    claire.goto("/forums/reception/new?lang=en")
    claire.fill("[name=title]", "What do you read to the end?")
    claire.fill("[name=text]", LONG)
    claire.locator(f"main form button{SEND}").click()
    claire.wait_for_url(re.compile(r"/topics/\d+$"))
    return re.search(r"/topics/\d+", claire.url)[0]


class Reading:
    """A page that is open, by a clock that the test moves, and which positions it sends."""

    def __init__(self, page, topic):
        self.page, self.sent = page, []
        page.on("request", lambda request: READ.search(request.url) and self.sent.append(request.post_data))
        stop_clock(page)
        self.open(topic)

    def open(self, topic):
        self.page.goto(f"{topic}?lang=en")
        expect(self.page.locator("#topic[data-alive~=topic]")).to_be_attached()

    def see_end_of(self, number):
        """For longer than the moment after which a post counts as seen, and until what was noted is sent."""
        post = self.page.locator(f"[data-position='{number}']")
        post.evaluate(SCROLL_PAST)
        self.page.clock.run_for(10_000)

    def has_sent(self, *positions):
        return until(self.page, lambda: self.positions() == list(positions))

    def positions(self):
        return [int(re.search(r'name="position"\s+(\d+)', body)[1]) for body in self.sent]

    def leave(self):
        """What was noted and not yet sent goes as the page is left."""
        self.page.goto("/bookmarks?lang=en")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()


def test_what_was_seen_to_its_end_is_read_and_what_lies_below_is_not(nour, claire, topic):
    send(claire, f"{topic}/posts", text=LONG)
    reading = Reading(nour, topic)
    reading.see_end_of(1)
    assert reading.has_sent(1)
    reading.see_end_of(2)
    assert reading.has_sent(1, 2)
    reading.see_end_of(1)
    reading.leave()
    assert reading.positions() == [1, 2], "what was read stays read, and is told once"


def test_whoever_looks_at_the_beginning_alone_has_not_read_to_the_end(nour, topic):
    reading = Reading(nour, topic)
    nour.clock.run_for(10_000)
    reading.leave()
    assert reading.positions() == []


def test_of_a_page_that_nobody_looks_at_nothing_is_read(nour, topic):
    nour.add_init_script(f"({HIDE})(true)")
    reading = Reading(nour, topic)
    reading.see_end_of(1)
    reading.leave()
    assert reading.positions() == []


def test_news_of_a_post_that_was_read_long_ago_is_read_by_being_seen(nour, claire, topic):
    """An answer of hers is marked: in the topic nothing is newer than what she has read."""
    nour.goto(topic)
    send(nour, f"{topic}/posts", text="Only what is short.")
    claire.goto(topic)
    send(claire, f"/posts/{number_of(claire.locator('.post').nth(1))}/mark")
    nour.reload()
    expect_unread(nour, 1)
    reading = Reading(nour, topic)
    reading.see_end_of(2)
    assert reading.has_sent(2)
    reading.leave()
    nour.reload()
    expect_unread(nour, 0)


def test_where_all_is_read_and_the_bell_is_still_nothing_is_sent(nour, topic):
    reading = Reading(nour, topic)
    reading.see_end_of(1)
    assert reading.has_sent(1)
    reading.leave()
    expect_unread(nour, 0)
    reading.sent.clear()
    reading.open(topic)
    reading.see_end_of(1)
    reading.leave()
    assert reading.positions() == []


def test_on_one_page_what_was_jumped_over_and_what_stands_on_the_next_are_not_read(nour, claire, topic):
    """Eighteen replies fill the first page; on the second she is named."""
    nour.goto(topic)
    send(nour, f"/follows/Topic/{topic.rpartition('/')[2]}", level="following")
    for number in range(2, 22):
        words = "Two people." if number < 21 else "@nour-ben-salah, see."
        send(claire, f"{topic}/posts", text=words)
    reading = Reading(nour, topic)
    expect_unread(nour, 20)
    reading.see_end_of(20)
    assert reading.has_sent(20)
    since = int(re.search(r'name="since"\s+(\d+)', reading.sent[0])[1])
    assert 2 < since <= 20, "those at the top of the page were jumped over"
    reading.leave()
    nour.reload()
    expect_unread(nour, 20 - (20 - since + 1))

    nour.goto("/notifications?filter=mention&lang=en")
    with nour.expect_response(re.compile(r"/notifications/\d+/read$")):
        nour.locator(".row--new .row__title a").first.click()
    nour.wait_for_url(re.compile(r"page=2"))
    nour.goto("/notifications?filter=unread&lang=en")
    expect(nour.locator(".row--new")).to_have_count(1)
    expect_unread(nour, since - 2)

"""An open page whose question is refused, lost or never answered: it says so, asks again, and gets what it missed with nothing else coming."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import say
from tests.browser.test_live_topics import ASKED, Reader, nour, reply, send, topic  # noqa: F401 - fixtures
from tests.browser.waiting import until

PATIENCE, PAUSE = 10_000, 2000
"""Milliseconds that static/js/lib/asking.js waits for an answer, and before it asks again at first."""
ENTERED = re.compile(r'^42(\d+)\["(?:topic|room):enter"')
FATES = {
    "refused": lambda route: route.fulfill(status=503),
    "limited": lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}),
    "lost": lambda route: route.abort(),
    "sent elsewhere": lambda route: route.fulfill(status=302, headers={"Location": "/sign-in"}),
    "never answered": lambda route: None,
}
REACTED = re.compile(r'^42(\d+)\["message:react"')
REFUSALS = {
    "refused": '[{"ok":false,"status":500}]',
    "limited": '[{"ok":false,"status":429,"retry_after":1}]',
    "never answered": None,
}


def behind(page):
    return page.locator("[data-part=behind]")


@pytest.fixture
def claire(visit_as, topic):  # noqa: F811
    page = visit_as("claire")
    page.clock.install()
    return Reader(page, f"{topic}?lang=en")


class Line:
    """The live line of a page, whose first questions (to enter, if no other are named) are refused, swallowed, or break it."""

    def __init__(self, page, answer, questions=ENTERED):
        self.answer, self.questions, self.asked, self.is_broken = answer, questions, 0, True
        page.route_web_socket("**/socket.io/**", self.open)

    def open(self, client):
        server = client.connect_to_server()
        client.on_message(lambda words: self.take(client, server, words))
        server.on_message(client.send)

    def take(self, client, server, words):
        question = isinstance(words, str) and self.questions.match(words)
        self.asked += bool(question)
        if not (question and self.is_broken):
            server.send(words)
        elif self.answer == "broken":
            client.close()
        elif self.answer:
            client.send(f"43{question[1]}{self.answer}")


def spoil(page, fate):
    """What it asks for meets this fate, until the list given back is emptied."""
    is_spoilt = [True]
    page.route(ASKED, lambda route: FATES[fate](route) if is_spoilt else route.continue_())
    return is_spoilt


@pytest.mark.parametrize("fate", FATES)
def test_a_post_whose_answer_does_not_come_is_asked_for_again(nour, topic, claire, fate):  # noqa: F811
    is_spoilt = spoil(claire.page, fate)
    reply(nour, topic, "It comes all the same.")
    assert until(claire.page, lambda: claire.questions)
    claire.page.clock.run_for(PATIENCE)
    expect(behind(claire.page)).to_contain_text("This page may be behind")
    expect(claire.posts).to_have_count(1)
    is_spoilt.clear()
    for _ in range(3):
        claire.page.clock.run_for(2 * PATIENCE)

    expect(claire.posts).to_have_count(2)
    expect(behind(claire.page)).to_be_hidden()


def test_a_press_asks_at_once(nour, topic, claire):  # noqa: F811
    is_spoilt = spoil(claire.page, "lost")
    reply(nour, topic, "Asked for by hand.")
    for tries in range(1, 6):  # by now it would leave the server alone for half a minute
        assert until(claire.page, lambda tries=tries: len(claire.questions) >= tries)
        claire.page.clock.run_for(2 * PATIENCE)
    is_spoilt.clear()
    with claire.page.expect_request(ASKED):
        behind(claire.page).get_by_role("button", name="Try now").click()

    expect(claire.posts).to_have_count(2)


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_topic_that_was_not_let_in_asks_again(visit_as, nour, topic, answer):  # noqa: F811
    page = visit_as("claire")
    page.clock.install()
    line = Line(page, REFUSALS[answer])
    page.goto(f"{topic}?lang=en")
    assert until(page, lambda: line.asked)
    page.clock.run_for(PATIENCE)
    expect(behind(page)).to_be_visible()
    line.is_broken = False
    page.clock.run_for(2 * PAUSE)
    expect(behind(page)).to_be_hidden()
    reply(nour, topic, "Heard after all.")

    expect(page.locator(".post")).to_have_count(2)


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_room_that_was_not_let_in_asks_again(visit_as, answer):
    page, speaker = visit_as("claire"), visit_as("lieve")
    page.clock.install()
    line = Line(page, REFUSALS[answer])
    page.goto("/chat/rooms/2?lang=en")
    assert until(page, lambda: line.asked)
    speaker.goto("/chat/rooms/2")
    words = f"said while Claire was {answer}"
    say(speaker, words)
    expect(speaker.locator(".message[data-number]", has_text=words)).to_have_count(1)
    page.clock.run_for(PATIENCE)
    expect(behind(page)).to_be_visible()
    line.is_broken = False
    page.clock.run_for(2 * PAUSE)

    expect(page.locator(".message", has_text=words)).to_have_count(1)
    expect(behind(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "No answer came to your reaction"),
        ("broken", "No answer came to your reaction"),
        ('[{"ok":false,"status":409}]', "was not taken"),
        ('[{"ok":false,"status":429,"retry_after":1}]', "was not taken"),
        ('[{"ok":false,"status":500}]', "was not taken"),
    ],
    ids=["never answered", "the line breaks", "ended", "limited", "failed"],
)
def test_a_reaction_that_is_not_taken_is_given_back_with_words(visit_as, answer, told):
    page = visit_as("claire")
    page.clock.install()
    line = Line(page, answer, REACTED)
    page.goto("/chat/rooms/2?lang=en")
    expect(page.locator("[data-mode=live]")).to_be_attached()
    words = f"to be reacted to, {told} {answer}"
    say(page, words)
    message = page.locator(".message[data-number]", has_text=words)
    message.locator("summary").click()
    sign = message.locator("[name=emoji]").nth(2)
    sign.click()
    if not answer:
        sign.click()
    assert until(page, lambda: line.asked)
    page.clock.run_for(PATIENCE)
    note = message.get_by_role("alert")
    expect(note).to_contain_text(told)
    expect(note).to_contain_text("💡")
    expect(sign.locator("b")).to_be_empty()
    assert line.asked == 1, "a second press waits for the answer to the first"

    line.is_broken = False
    expect(page.locator("[data-mode=live]")).to_be_attached()
    sign.click()
    expect(sign.locator("b")).to_have_text("1")
    expect(note).to_have_count(0)


def test_a_message_whose_answer_is_lost_is_sent_again_and_stands_once(visit_as):
    page = visit_as("claire")
    page.clock.install()
    is_lost = [True]

    def open_line(client):
        server = client.connect_to_server()
        client.on_message(server.send)
        # Acknowledgements of posting tell the number; those of entering tell messages.
        server.on_message(lambda words: client.send(words) if not (is_lost and is_receipt(words)) else None)

    page.route_web_socket("**/socket.io/**", open_line)
    page.goto("/chat/rooms/2?lang=en")
    expect(page.locator("[data-mode=live]")).to_be_attached()
    say(page, "taken, and never told so")
    expect(page.locator(".message[data-number]", has_text="taken, and never told so")).to_have_count(1)
    page.clock.run_for(PATIENCE)
    is_lost.clear()
    page.clock.run_for(2 * PAUSE)

    expect(page.locator(".message", has_text="taken, and never told so")).to_have_count(1)
    assert until(
        page, lambda: page.evaluate("!Object.keys(localStorage).some((key) => key.startsWith('unsent:'))")
    )


def is_receipt(words):
    return (
        isinstance(words, str)
        and re.match(r"^43\d+", words)
        and '"number"' in words
        and "messages" not in words
    )


def test_the_bar_of_an_earlier_page_counts_no_post_that_was_removed(visit_as, nour, topic):  # noqa: F811
    reply(nour, topic, *(f"Reply {n}." for n in range(2, 12)))
    claire = visit_as("claire")
    claire.goto(topic)
    reply(claire, topic, *(f"Reply {n}." for n in range(12, 22)))
    reader = Reader(claire, topic)
    bar, count = claire.locator(".topic__news"), claire.locator(".topic__news [data-count]")
    expect(bar).to_be_hidden()
    claire.context.set_offline(True)
    assert until(claire, reader.lines[-1].is_closed)
    reply(nour, topic, "It stays.", "It goes at once.", "It goes later.")
    nour.goto(f"{topic}?page=2")
    gone = [one.get_attribute("id").removeprefix("post-") for one in nour.locator(".post").all()]
    send(nour, f"/posts/{gone[-2]}/remove")
    claire.context.set_offline(False)
    expect(count).to_have_text("2")
    send(nour, f"/posts/{gone[-1]}/remove")
    expect(count).to_have_text("1")
    send(nour, f"/posts/{gone[-3]}/remove")

    expect(bar).to_be_hidden()

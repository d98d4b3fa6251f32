"""An open topic in which others write: what comes is drawn by the server, and nobody loses their place over it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import SEND
from tests.browser.waiting import entering, hold, until, until_drawn

ASKED = re.compile(r"/topics/\d+/posts\?")
HIDE = "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true }) }"


class Reader:
    """Somebody who has a topic open: what their line hears and what their page asks for."""

    def __init__(self, page, topic):
        self.page, self.heard, self.questions, self.lines = page, [], [], []
        page.on("websocket", self.listen)
        page.on("request", lambda request: ASKED.search(request.url) and self.questions.append(request.url))
        with entering(page):
            page.goto(topic)
        self.posts = page.locator(".post")

    def listen(self, line):
        self.lines.append(line)
        line.on("framereceived", lambda frame: '"post:' in str(frame) and self.heard.append(frame))

    def has_heard(self, count):
        return until(self.page, lambda: len(self.heard) == count)


@pytest.fixture
def nour(visit_as):
    return visit_as("nour")


@pytest.fixture
def topic(nour):
    """A question of Nour's."""
    nour.goto("/forums/reception/new?lang=en")
    nour.fill("[name=title]", "How do you begin?")
    nour.fill("[name=text]", "We have one desk.")
    nour.locator(f"main form button{SEND}").click()
    nour.wait_for_url(re.compile(r"/topics/\d+$"))
    return nour.url


@pytest.fixture
def claire(visit_as, topic):
    return Reader(visit_as("claire"), topic)


def send(page, path, **fields):
    token = page.locator("#topic-act [name=csrf_token]").first.get_attribute("value")
    assert page.request.post(path, form={"csrf_token": token, **fields}).ok


def reply(page, topic, *texts):
    for text in texts:
        send(page, f"{topic}/posts", text=text)


def edit(page, post, text, **more):
    send(page, f"/posts/{post}/edit", text=text, version="1", **more)


def number_of(post):
    return post.get_attribute("id").removeprefix("post-")


def test_who_reads_and_writes_keeps_their_words_and_their_place(nour, topic, claire):
    field = claire.page.locator("#reply [name=text]")
    field.press_sequentially("We began with")
    for _ in "with":
        field.press("ArrowLeft")
    reply(nour, topic, "First the key.", "Then the lamp.")
    expect(claire.posts).to_have_count(3)
    edit(nour, number_of(claire.posts.nth(1)), "First the door.")
    expect(claire.posts.nth(1)).to_contain_text("First the door.")

    expect(field).to_be_focused()
    claire.page.keyboard.type("two people, ")
    expect(field).to_have_value("We began two people, with")


def test_an_act_that_has_the_focus_keeps_it_when_its_post_changes(nour, topic, claire):
    reply(claire.page, topic, "Ours opened in spring.")
    expect(claire.posts).to_have_count(2)
    act = claire.posts.nth(1).locator("a[href$='/remove']")
    act.focus()
    send(nour, f"/posts/{number_of(claire.posts.nth(1))}/mark")

    expect(claire.posts.nth(1).locator(".post__mark")).to_be_visible()
    expect(act).to_be_focused()


def test_who_asked_marks_a_reply_that_just_came_and_others_see_the_mark(nour, topic, claire):
    asker = Reader(nour, topic)
    reply(claire.page, topic, "Try one desk.")
    asker.posts.nth(1).locator("button[formaction$='/mark']").click()
    expect(asker.posts.nth(1)).to_have_class(re.compile("post--answer"))

    expect(claire.posts.nth(1)).to_have_class(re.compile("post--answer"))
    expect(claire.posts.nth(1).locator("a[href$='/edit']")).to_be_visible()
    expect(claire.posts.nth(1).locator("button:not([data-quote])")).to_have_count(0)


def test_what_came_and_changed_while_the_line_was_cut_stands_there_when_it_is_back(nour, topic, claire):
    reply(nour, topic, "It stays.", "It changes.", "It goes.")
    expect(claire.posts).to_have_count(4)
    changes, goes = number_of(claire.posts.nth(2)), number_of(claire.posts.nth(3))
    claire.page.context.set_offline(True)
    assert until(claire.page, claire.lines[-1].is_closed)
    edit(nour, changes, "It has changed.")
    send(nour, f"/posts/{goes}/remove")
    reply(nour, topic, "It is new.")
    claire.page.context.set_offline(False)

    expect(claire.posts).to_have_count(5)
    expect(claire.posts.nth(1)).to_contain_text("It stays.")
    expect(claire.posts.nth(2)).to_contain_text("It has changed.")
    expect(claire.posts.nth(3)).to_have_class(re.compile("post--removed"))
    expect(claire.posts.nth(3)).not_to_contain_text("It goes.")
    expect(claire.posts.nth(4)).to_contain_text("It is new.")


def test_on_an_earlier_page_a_bar_counts_what_comes_and_nothing_moves(nour, topic, claire):
    reply(nour, topic, *(f"Reply {n}." for n in range(2, 12)))
    reply(claire.page, topic, *(f"Reply {n}." for n in range(12, 23)))
    reader = Reader(claire.page, topic)
    expect(reader.posts).to_have_count(20)
    before = len(reader.questions)
    reply(nour, topic, "One more.", "And one.")
    expect(reader.page.locator(".topic__news [data-count]")).to_have_text("2")
    edit(nour, number_of(reader.posts.first), "We have two desks.", title="How do you begin?")
    expect(reader.posts.first).to_contain_text("We have two desks.")

    expect(reader.posts).to_have_count(20)
    assert len(reader.questions) == before + 1, "only for what stands on this page"


def test_what_comes_in_one_moment_is_one_question(nour, topic, claire):
    go_on = hold(claire.page, ASKED)
    reply(nour, topic, "One.")
    assert until(claire.page, lambda: len(claire.questions) == 1)
    reply(nour, topic, "Two.", "Three.", "Four.")
    assert claire.has_heard(4)
    go_on()

    expect(claire.posts).to_have_count(5)
    assert [question.split("?")[1] for question in claire.questions] == ["after=1&until=2", "after=2&until=5"]


def test_a_page_that_nobody_looks_at_asks_when_somebody_does(nour, topic, claire):
    claire.page.evaluate(HIDE, True)
    reply(nour, topic, "While you were away.", "And still.")
    assert claire.has_heard(2)
    claire.page.evaluate(HIDE, False)
    claire.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(claire.posts).to_have_count(3)
    assert [question.split("?")[1] for question in claire.questions] == ["after=1&until=3"]


def test_what_cannot_be_asked_for_is_asked_for_with_what_comes_next(nour, topic, claire):
    is_down = [True]
    claire.page.route(ASKED, lambda route: route.abort() if is_down else route.continue_())
    with claire.page.expect_event("requestfailed"):
        reply(nour, topic, "Lost on the way.")
    is_down.clear()
    reply(nour, topic, "Found again.")

    expect(claire.posts).to_have_count(3)
    expect(claire.posts.nth(1)).to_contain_text("Lost on the way.")


def test_who_is_signed_out_meanwhile_is_shown_nothing_new(visit_as, nour, topic):
    reader = Reader(visit_as("lieve"), topic)
    go_on = hold(reader.page, ASKED)
    reply(nour, topic, "After you left.")
    assert until(reader.page, lambda: len(reader.questions) == 1)
    reader.page.context.clear_cookies()
    with reader.page.expect_event("requestfailed"):
        go_on()

    expect(reader.posts).to_have_count(1)


def long_topic(nour, topic):
    """Longer than a screen, with nothing that has just come."""
    reply(nour, topic, *("\n\n".join(["A long reply."] * 12) for _ in range(3)))


def test_who_reads_further_up_is_told_of_a_reply_and_led_to_it(visit_as, nour, topic):
    long_topic(nour, topic)
    claire = Reader(visit_as("claire"), f"{topic}?lang=en")
    bar = claire.page.locator(".topic__news")
    read, there = claire.posts.nth(1), "element => element.getBoundingClientRect().top"
    read.locator("a").first.focus()
    place = read.evaluate(there)
    reply(nour, topic, "Down here.", "And here.")
    expect(bar.locator("[data-count]")).to_have_text("2")

    assert read.evaluate(there) == place
    expect(read.locator("a").first).to_be_focused()
    assert bar.get_attribute("role") is None, "it is the sentence that is read aloud"
    bar.locator("a").click()
    expect(claire.posts.filter(has_text="Down here.")).to_be_in_viewport()
    expect(bar).to_be_hidden()


def test_a_reply_that_is_removed_before_it_was_seen_is_not_counted(visit_as, nour, topic):
    long_topic(nour, topic)
    claire = Reader(visit_as("claire"), topic)
    bar = claire.page.locator(".topic__news")
    reply(nour, topic, "Not for long.")
    expect(bar).to_be_visible()
    send(nour, f"/posts/{number_of(claire.posts.last)}/remove")

    expect(claire.posts.last).to_have_class(re.compile("post--removed"))
    expect(bar).to_be_hidden()


def test_a_reply_in_sight_raises_no_bar_and_is_said_aloud_once(visit_as, nour, topic):
    claire = Reader(visit_as("claire", height=2000), f"{topic}?lang=en")
    aloud = claire.page.locator("[data-topic=aloud]")
    expect(aloud).to_be_empty()
    assert aloud.get_attribute("aria-live") == "polite"
    reply(nour, topic, "In sight.")
    expect(aloud).to_have_text(re.compile("New reply by Nour Ben Salah"))
    edit(nour, number_of(claire.posts.last), "In sight still.")
    expect(claire.posts.last).to_contain_text("In sight still.")

    expect(aloud.locator("p")).to_have_count(1)
    expect(claire.page.locator(".topic__news")).to_be_hidden()


def test_who_writes_a_reply_keeps_their_line_where_it_is_when_another_comes_above(visit_as, nour, topic):
    long_topic(nour, topic)
    claire = Reader(visit_as("claire"), topic)
    field = claire.page.locator("#reply [name=text]")
    field.press_sequentially("We began with")
    place = field.evaluate("element => element.getBoundingClientRect().top")
    reply(nour, topic, "A word in between.")
    expect(claire.posts).to_have_count(5)
    until_drawn(claire.page)

    assert abs(field.evaluate("element => element.getBoundingClientRect().top") - place) < 2
    expect(field).to_be_focused()

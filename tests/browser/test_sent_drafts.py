"""What one device has sent another one still has in its form: it hears where that stands, and what was typed since is not lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_drafts import KEPT, MORE, WORDS, begin, start_topic, type_and_wait
from tests.browser.waiting import until

REPLY = "#reply [name=text]"
SENT = ".draft-sent"
LANGUAGES = {"en": "See what was sent", "fr": "Voir ce qui a été envoyé", "ar": "اطّلع على ما أُرسل"}


class Devices:
    """A desk that begins a reply, and a phone that opens it."""

    def __init__(self, visit_as, lang="en", **phone):
        self.desk, self.phone = visit_as("claire"), visit_as("claire", width=390, height=800, **phone)
        self.topic = start_topic(self.desk, f"A topic that two devices answer in {lang}")
        self.desk.goto(self.topic)
        type_and_wait(self.desk, self.desk.locator(REPLY), WORDS)
        self.phone.goto(f"{self.topic}?lang={lang}")
        expect(self.phone.locator(REPLY)).to_have_value(WORDS)

    def send(self):
        self.desk.get_by_role("button", name="Post the reply").click()
        self.desk.wait_for_url("**#post-*")

    def expect_link(self, page, words):
        link = page.get_by_role("link", name=words)
        expect(link).to_be_visible()
        assert link.get_attribute("href").endswith(re.search(r"#post-\d+", self.desk.url)[0])

    def expect_posts(self, number):
        self.desk.goto(self.topic)
        expect(self.desk.locator(".post", has_text="inscrivez-vous les enfants")).to_have_count(number)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_goes_on_typing_hears_that_it_was_sent_and_keeps_what_is_typed_since(visit_as, lang):
    devices = Devices(visit_as, lang)
    devices.send()
    phone, field = devices.phone, devices.phone.locator(REPLY)
    begin(phone, field, WORDS + MORE)
    expect(phone.locator(SENT)).to_be_visible()
    devices.expect_link(phone, LANGUAGES[lang])
    expect(field).to_have_value(WORDS + MORE)
    expect(field).to_be_focused()
    assert phone.locator(SENT).evaluate("part => document.documentElement.scrollWidth <= innerWidth")

    phone.goto(f"/drafts?lang={lang}")
    expect(phone.locator("main .row")).to_have_count(1)
    devices.expect_posts(1)


def test_a_page_that_comes_back_into_view_says_so_before_anything_is_typed(visit_as):
    devices = Devices(visit_as)
    devices.send()
    devices.phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(devices.phone.locator(SENT)).to_be_visible()
    devices.expect_link(devices.phone, LANGUAGES["en"])


def test_a_page_that_comes_back_into_view_says_nothing_where_nothing_was_sent(visit_as):
    devices = Devices(visit_as)
    with devices.phone.expect_response(re.compile(r"/drafts/sent\?")) as answer:
        devices.phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    assert answer.value.status == 204
    begin(devices.phone, devices.phone.locator(REPLY), MORE)
    with devices.phone.expect_response(lambda answer: bool(KEPT.search(answer.url)) and answer.ok):
        pass
    expect(devices.phone.locator(SENT)).to_have_count(0)


@pytest.mark.parametrize("is_scripted", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("typed", ["", MORE], ids=["the same", "more"])
def test_the_old_form_makes_no_second_reply_unknowingly(visit_as, is_scripted, typed):
    devices = Devices(visit_as, java_script_enabled=is_scripted)
    devices.send()
    phone, field = devices.phone, devices.phone.locator(REPLY)
    field.evaluate("(field, words) => { field.value = words }", WORDS + typed) if is_scripted else field.fill(
        WORDS + typed
    )
    phone.get_by_role("button", name="Post the reply").click()
    expect(phone.get_by_text("was sent meanwhile, from another page or device").first).to_be_visible()
    if typed:
        expect(field).to_have_value(WORDS + typed)
    devices.expect_posts(1)
    if typed:
        phone.get_by_role("button", name="Post the reply").click()
        phone.wait_for_url("**#post-*")
        devices.expect_posts(2)


def test_what_a_bad_line_brings_after_the_form_was_sent_is_no_draft(visit_as):
    """Its answer was waited for, and then no longer."""
    page, waiting = visit_as("claire"), []
    topic = start_topic(page, "A topic whose draft comes late")
    page.goto(topic)
    page.route(KEPT, lambda route: (waiting.append(route.request), route.abort()))
    begin(page, page.locator(REPLY), "Bonjour")
    assert until(page, lambda: bool(waiting))
    page.locator(REPLY).fill(WORDS)
    page.locator("#reply").get_by_role("button", name="Post the reply").click()
    page.wait_for_url("**#post-*")
    late = waiting[0]
    headers = {"Content-Type": late.headers["content-type"], "Accept": "application/json", "Referer": topic}
    answer = page.request.post(late.url, data=late.post_data_buffer, headers=headers)

    assert answer.status == 409 and answer.json()["draft"] == ""
    page.goto("/drafts?lang=en")
    expect(page.get_by_text("Nothing begun")).to_be_visible()

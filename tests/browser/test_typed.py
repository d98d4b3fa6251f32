"""No way out of a page and no refusal loses what was typed, and nobody else at the same computer finds it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import begin_to_write, say
from tests.browser.pages import MEMBERS, PASSWORD, SEND
from tests.browser.waiting import until, until_at_work

KEPT = "() => [localStorage, sessionStorage].flatMap((store) => Object.entries(store)).filter(([key]) => key.startsWith('typed:'))"
# Where somebody writes, who may, and in which field.
FORMS = {
    "a reply": ("claire", "/topics/11", "main form[action$='/posts'] [name=text]"),
    "a new topic": ("claire", "/forums/housing/new", "[name=title]"),
    "the chat": ("nour", "/chat/rooms/1", ".composer textarea"),
    "a workshop": ("organiser", "/workshops/new", "[name=sessions-0-title]"),
    "an edit": ("claire", "/posts/3/edit", "main [name=text]"),
    "a note": ("claire", "/bookmarks/1/edit", "main textarea, main [name=note]"),
    "a translation": ("claire", "/translations/Post/1", "#translate textarea"),
    "an application": ("nour", "/applications/1/edit", "[name=motivation]"),
    "a place asked for": ("visitor", "/join", "[name=why]"),
}
WORDS = "Merci — شكرا 谢谢"
REPLY = FORMS["a reply"][2]


@pytest.fixture
def visit(visit):
    """What the browser keeps by itself, as where the server's drafts cannot be reached: of those tells test_drafts.py."""

    def visit_alone(**options):
        page = visit(**options)
        page.context.route(re.compile(r"/drafts\?place="), lambda route: route.abort())
        return page

    return visit_alone


def kept(page):
    return page.evaluate(KEPT)


def type_into(page, field, words=WORDS):
    page.locator(field).first.focus()
    page.locator(field).first.fill(words)
    assert until(page, lambda: any(words in value for _, value in kept(page)))


def send(page, field):
    """The form of the field, whatever stands in the way of a press."""
    page.locator(field).first.evaluate("field => field.form.requestSubmit()")


def open_page(page, path):
    page.goto(path)
    return page


@pytest.mark.parametrize("form", FORMS)
def test_words_come_back_after_another_page_after_a_reload_and_in_a_new_tab(visit_as, form):
    member, path, field = FORMS[form]
    page = open_page(visit_as(member), path)
    type_into(page, field)

    page.locator(".wordmark").click()
    page.wait_for_url("**/")
    page.go_back()
    expect(page.locator(field).first).to_have_value(WORDS)
    page.reload()
    expect(page.locator(field).first).to_have_value(WORDS)

    later = page.context.new_page()
    page.close()
    later.goto(path)
    # Where nobody is signed in, words end with the tab.
    expect(later.locator(field).first).to_have_value("" if member == "visitor" else WORDS)


@pytest.mark.parametrize("answer", [400, 401, 403, 404, 409, 413, 422, 429, 500, "a broken line"])
def test_no_refusal_costs_a_word(visit_as, answer):
    page = open_page(visit_as("claire"), "/topics/11")

    def refuse(route):
        if route.request.method == "GET":
            return route.fallback()
        return (
            route.abort() if answer == "a broken line" else route.fulfill(status=answer, body="<h1>No</h1>")
        )

    page.route("**/topics/11/posts", refuse)
    type_into(page, REPLY)
    if answer == "a broken line":
        with page.expect_event("framenavigated"):  # to Chromium's own page
            send(page, REPLY)
    else:
        send(page, REPLY)
        expect(page.locator("h1", has_text="No")).to_be_visible()
    page.goto("/topics/11")
    expect(page.locator(REPLY)).to_have_value(WORDS)
    page.locator(".typed-again button").click()
    expect(page.locator(REPLY)).to_have_value("")
    assert not kept(page)


def test_what_the_server_has_is_forgotten_in_every_tab(visit_as):
    page = open_page(visit_as("claire"), "/topics/11")
    type_into(page, REPLY, "Sent once, and no draft any more.")
    other = open_page(page.context.new_page(), "/topics/11")
    expect(other.locator(REPLY)).to_have_value("")
    send(page, REPLY)
    page.wait_for_url("**#post-*")
    expect(page.locator(".post").last).to_contain_text("Sent once")
    expect(page.locator(REPLY)).to_have_value("")
    assert until(page, lambda: not kept(page))
    other.reload()
    expect(other.locator(REPLY)).to_have_value("")


def test_two_tabs_on_one_form_keep_each_their_own(visit_as):
    one = open_page(visit_as("claire"), "/topics/11")
    two = open_page(one.context.new_page(), "/topics/11")
    type_into(one, REPLY, "of the first tab")
    type_into(two, REPLY, "of the second tab")
    one.reload()
    two.reload()
    expect(one.locator(REPLY)).to_have_value("of the first tab")
    expect(two.locator(REPLY)).to_have_value("of the second tab")
    send(one, REPLY)
    one.wait_for_url("**#post-*")
    until_at_work(one)  # which may take up what a tab has left that is not there while it loads
    two.reload()
    expect(two.locator(REPLY)).to_have_value("of the second tab")


def test_two_tabs_in_one_room_lose_nothing_of_each_other(visit_as):
    one = visit_as("nour")
    two = one.context.new_page()
    for page in (one, two):
        page.goto("/chat/rooms/2")
        begin_to_write(page)
    one.context.set_offline(True)
    for page in (one, two):
        expect(page.locator(".room")).not_to_have_attribute("data-mode", "live")
    say(one, "unsent of one")
    say(two, "unsent of two")
    one.context.set_offline(False)
    for page in (one, two):
        for words in ("unsent of one", "unsent of two"):
            expect(page.locator(".message[data-number]", has_text=words)).to_have_count(1)
        expect(page.locator(".message--waiting, .message--failed")).to_have_count(0)
    assert until(one, lambda: not kept(one))


def test_what_a_room_refuses_is_there_until_it_is_discarded(visit_as):
    page = open_page(visit_as("claire"), "/chat/rooms/2")
    begin_to_write(page)
    page.eval_on_selector(".composer [name=reply_to]", "field => { field.value = 2147483647 }")
    say(page, "refused and kept")
    expect(page.locator(".message--refused")).to_be_visible()
    page.reload()
    refused = page.locator(".message--refused", has_text="refused and kept")
    refused.locator("[data-part=discard]").click()
    expect(refused).to_have_count(0)
    assert not kept(page)


@pytest.mark.parametrize("is_scripted", [True, False])
def test_a_paste_that_is_too_long_for_the_room_stays_whole_and_is_not_sent(visit_as, is_scripted):
    page = open_page(visit_as("claire", java_script_enabled=is_scripted), "/chat/rooms/2?lang=en")
    field, too_long = page.locator(".composer textarea"), "words " * 700
    field.fill(too_long)
    if is_scripted:
        begin_to_write(page)
        page.keyboard.press("Enter")
    page.locator(".composer button[type=submit]").click()
    expect(page.get_by_text("200 characters too many: at most 4,000 fit in here.").first).to_be_visible()
    expect(field).to_have_value(too_long)
    expect(page.locator(".message", has_text="words words")).to_have_count(0)


IS_SEEN = """line => {
  const { left, top, bottom, width } = line.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, (top + bottom) / 2)
  return top >= 0 && bottom <= innerHeight && (seen === line || line.contains(seen))
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_how_much_is_too_much_is_seen_wherever_the_long_field_ends(visit_as, language):
    page = open_page(visit_as("claire", width=390, height=640), f"/topics/11?lang={language}")
    field = page.locator(REPLY)
    field.focus()
    field.fill(f"{'words ' * 40}\n" * 100)  # Chromium takes the square of the lines: 23 s for 4,000
    count = page.locator(".counted__left--over:visible")
    expect(count).to_be_visible()
    field.evaluate("field => scrollBy(0, field.getBoundingClientRect().top - innerHeight / 2)")
    assert until(page, lambda: count.evaluate(IS_SEEN))


def sign_in(page, member):
    page.fill("[name=email]", MEMBERS[member])
    page.fill("[name=password]", PASSWORD)
    page.locator(f"main form button{SEND}").first.click()


def test_a_session_that_ended_leads_through_the_sign_in_back_to_the_words(visit_as):
    page = open_page(visit_as("claire"), "/topics/11?lang=en")
    type_into(page, REPLY)
    page.context.clear_cookies(name="session")
    send(page, REPLY)
    expect(page.locator("main textarea")).to_have_value(WORDS)
    page.locator("main a[href*='/sign-in']").click()
    sign_in(page, "claire")
    page.wait_for_url("**/topics/11*")
    expect(page.locator(REPLY)).to_have_value(WORDS)


def test_a_token_that_aged_holds_the_words_and_sends_them_again(visit_as):
    page = open_page(visit_as("claire"), "/topics/11")
    type_into(page, REPLY, "Sent with an old token.")
    page.eval_on_selector_all("[name=csrf_token]", "all => all.forEach((field) => { field.value = 'old' })")
    send(page, REPLY)
    expect(page.locator("main textarea")).to_have_value("Sent with an old token.")
    page.locator(f"main form button{SEND}").click()
    page.wait_for_url("**#post-*")
    assert until(page, lambda: not kept(page))
    page.goto("/topics/11")
    expect(page.locator(REPLY)).to_have_value("")


@pytest.mark.parametrize("way", ["signs out", "session ends"])
def test_the_next_member_at_the_computer_finds_nothing(visit, way):
    page = open_page(visit(), "/sign-in")
    sign_in(page, "claire")
    page.wait_for_url("**/")
    page.goto("/topics/11")
    type_into(page, REPLY)
    if way == "signs out":
        page.locator(".own-menu summary").click()
        page.locator("form[action$='/sign-out'] button").click()
        page.wait_for_url("**/sign-in")
        assert not kept(page)
    page.context.clear_cookies(name="session")
    page.goto("/sign-in")
    sign_in(page, "nour")
    page.wait_for_url("**/")
    assert until(page, lambda: not kept(page))
    page.goto("/topics/11")
    expect(page.locator(REPLY)).to_have_value("")


def test_passwords_and_codes_are_never_kept(visit):
    page = open_page(visit(), "/join")
    for name in ("password", "again"):
        page.fill(f"[name={name}]", "hush-hush")
    type_into(page, "[name=why]")
    assert not any("hush-hush" in value for _, value in kept(page))
    page.goto("/sign-in")
    sign_in_form = page.locator("main form").first
    sign_in_form.locator("[name=password]").fill("hush-hush")
    assert not any("/sign-in" in key or "hush-hush" in value for key, value in kept(page))


def test_what_the_rows_of_a_form_hold_comes_back_with_more_rows(visit_as):
    page = open_page(visit_as("organiser"), "/workshops/new")
    rows = page.locator("[name^=objectives-]")
    few = rows.count()
    page.locator("[name=add_rows]").first.click()
    expect(rows).not_to_have_count(few)
    type_into(page, f"[name=objectives-{few + 1}]")
    for _ in range(
        2
    ):  # kept here, or by the server, which has heard of it as the page was left: it is there again each time
        page.goto("/")
        page.goto("/workshops/new")
        expect(page.locator(f"[name^=objectives-][value='{WORDS}']:not([type=hidden])")).to_have_count(1)


def test_what_is_refused_in_one_form_leaves_the_words_of_another(visit_as):
    page = open_page(visit_as("organiser"), "/workshops/1")
    for summary in page.locator(
        "details:has(form[action$='/cancel'], form[action$='/postpone']) > summary"
    ).all():
        summary.click()
    type_into(page, "#cancel-reason")
    type_into(page, "#postpone-reason", WORDS * 100)
    send(page, "#postpone-reason")
    page.wait_for_url("**/postpone")

    expect(page.locator("#postpone-reason")).to_have_value(WORDS * 100)
    expect(page.locator("#cancel-reason")).to_have_value(WORDS)
    page.goto("/workshops/1")
    expect(page.locator("#cancel-reason")).to_have_value(WORDS)

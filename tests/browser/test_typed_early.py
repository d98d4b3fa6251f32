"""On a slow line people type before the scripts have come: it is kept as if it were typed later, and nothing that was kept before is lost."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.test_typed import FORMS as FIELDS
from tests.browser.test_typed import KEPT, REPLY, WORDS, type_into
from tests.browser.waiting import hold, until, until_at_work, until_drawn

SCRIPTS = {"all": re.compile(r"/js/app\.js"), "the one that keeps": re.compile(r"/features/ui/typed\.js")}
DRAFTED = {
    "a reply": FIELDS["a reply"],
    "a new topic": FIELDS["a new topic"],
    "an edit": FIELDS["an edit"],
    "a visit offered": ("claire", "/visits/new", "main form [name=title]"),
    "an application": ("claire", "/visits/1/apply", "main form textarea"),
    "a workshop": FIELDS["a workshop"],
}
FORMS = DRAFTED | {"the chat": FIELDS["the chat"], "a note": FIELDS["a note"]}
DRAFTS = re.compile(r"/drafts\?place=")
HAS_COME = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/lib/kept.js'))"
SECOND = "Und noch ein Satz."


def kept(page):
    return "".join(value for _, value in page.evaluate(KEPT))


@contextmanager
def before(page, scripts, path):
    """Within, the page stands and these scripts are on their way; nobody is in a field when they come."""
    go_on = hold(page, SCRIPTS[scripts])
    page.goto(path, wait_until="commit")
    expect(page.locator("#confirm-dialog")).to_be_attached()
    yield
    page.evaluate("document.activeElement.blur()")
    go_on()
    page.unroute(SCRIPTS[scripts])


def type_early(page, field, words=WORDS):
    """By keys, at the end of what stands there."""
    page.locator(field).first.press("Control+End")
    page.keyboard.insert_text(words)


def without_drafts(page):
    page.context.route(DRAFTS, lambda route: route.abort())
    return page


@pytest.mark.parametrize("scripts", SCRIPTS)
@pytest.mark.parametrize("form", FORMS)
def test_words_typed_before_the_scripts_have_come_are_kept_by_the_browser(visit_as, form, scripts):
    member, path, field = FORMS[form]
    page = without_drafts(visit_as(member))
    with before(page, scripts, path):
        type_early(page, field)
    assert until(page, lambda: WORDS in kept(page))

    page.goto("/")
    page.goto(path)
    expect(page.locator(field).first).to_have_value(re.compile(f"{WORDS}$"))


@pytest.mark.parametrize("form", DRAFTED)
def test_and_they_are_a_draft_on_another_device(visit_as, form):
    member, path, field = DRAFTED[form]
    page = visit_as(member)
    is_kept = lambda answer: bool(DRAFTS.search(answer.url)) and answer.ok
    with page.expect_response(is_kept), before(page, "all", path):
        type_early(page, field)

    phone = visit_as(member, width=390)
    phone.goto(path)
    expect(phone.locator(field).first).to_have_value(re.compile(f"{WORDS}$"))


def test_and_they_come_back_after_a_refusal(visit_as):
    page = without_drafts(visit_as("claire"))
    with before(page, "all", "/topics/11"):
        type_early(page, REPLY)
    assert until(page, lambda: WORDS in kept(page))
    refuse = lambda route: (
        route.fallback() if route.request.method == "GET" else route.fulfill(status=500, body="<h1>No</h1>")
    )
    page.route("**/topics/11/posts", refuse)
    page.locator(REPLY).evaluate("field => field.form.requestSubmit()")
    expect(page.locator("h1", has_text="No")).to_be_visible()
    page.goto("/topics/11")
    expect(page.locator(REPLY)).to_have_value(WORDS)


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_in_a_row_that_was_asked_for_they_come_back_with_the_row(visit_as, scripts):
    page = without_drafts(visit_as("organiser"))
    page.goto("/workshops/new")
    until_at_work(page)
    rows, add = page.locator("[name^=objectives-]"), page.locator("[name=add_rows]").first
    few, go_on = rows.count(), hold(page, SCRIPTS[scripts])
    add.evaluate("button => button.form.requestSubmit(button)")
    expect(rows).not_to_have_count(few)
    type_early(page, f"[name=objectives-{few + 1}]")
    page.evaluate("document.activeElement.blur()")
    go_on()
    assert until(page, lambda: WORDS in kept(page))
    page.unroute(SCRIPTS[scripts])

    page.goto("/")
    page.goto("/workshops/new")
    expect(page.locator(f"[name^=objectives-][value='{WORDS}']:not([type=hidden])")).to_have_count(1)


def test_a_tick_set_before_them_is_kept(visit_as):
    page = without_drafts(visit_as("claire"))
    kind = page.locator("main form [name=kind]:not([checked])").first
    with before(page, "all", "/forums/housing/new"):
        kind.check()
    assert until(page, lambda: bool(kept(page)))
    page.goto("/")
    page.goto("/forums/housing/new")
    expect(kind).to_be_checked()


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_they_stand_under_what_was_kept_before(visit_as, scripts):
    member, room, field = FIELDS["the chat"]
    page = visit_as(member)
    page.goto(room)
    type_into(page, field)
    page.goto("/")
    with before(page, scripts, room):
        type_early(page, field, SECOND)
    for _ in range(2):
        expect(page.locator(field)).to_have_value(f"{WORDS}\n\n{SECOND}")
        page.reload()


def test_what_was_begun_anew_with_the_same_words_stands_once(visit_as):
    member, room, field = FIELDS["the chat"]
    page = visit_as(member)
    page.goto(room)
    type_into(page, field)
    page.goto("/")
    with before(page, "all", room):
        type_early(page, field, WORDS[:5])
    expect(page.locator(field)).to_have_value(WORDS)


def test_what_the_browser_itself_brings_back_after_it_was_sent_is_kept_no_more(visit_as):
    page, title = visit_as("claire"), "[name=title]"
    page.goto("/forums/housing/new")
    type_into(page, "main form [name=text]", "Words of a test of what was sent.")
    type_into(page, title, "Sent, and left behind in the page")
    page.locator(title).evaluate("field => field.form.requestSubmit()")
    page.wait_for_url("**/topics/*")
    until_at_work(page)
    page.go_back()
    until_at_work(page)
    expect(page.locator(title)).to_have_value("Sent, and left behind in the page")
    page.locator(title).focus()
    page.wait_for_function(HAS_COME)
    until_drawn(page)
    assert not kept(page)

"""What is begun on one device is found on another one; neither overwrites the other; what is sent is no draft."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_typed import FORMS as FIELDS
from tests.browser.test_typed import sign_in, type_into
from tests.browser.waiting import until
from tests.patience import wait_until

WORDS = "Bonjour, comment inscrivez-vous les enfants ? شكرا 谢谢"
MORE = "Et encore une phrase, écrite au téléphone."
LINE = ".draft-line"
KEPT = re.compile(r"/drafts\?place=")


def open_form(visit_as, path="/ask", field="[name=title]", **options):
    page = visit_as("claire", **options)
    page.goto(path)
    return page, page.locator(field).first


def type_and_wait(page, field, words):
    """Until the server has it: as long as it takes, and no press."""
    with page.expect_response(lambda answer: bool(KEPT.search(answer.url)) and answer.ok):
        field.focus()
        field.fill(words)


def begin(page, field, words):
    field.focus()
    field.fill(words)


@pytest.mark.parametrize("leaves", ["after a while", "at once"])
def test_what_is_begun_in_french_on_a_desk_is_found_in_arabic_on_a_phone(visit_as, leaves):
    desk, title = open_form(visit_as, "/ask?lang=fr")
    if leaves == "after a while":
        type_and_wait(desk, title, WORDS)
    else:
        type_into(desk, "[name=title]", WORDS)
        desk.locator(".wordmark").click()
        desk.wait_for_url("**/")
        assert wait_until(lambda: (desk.goto("/drafts"), desk.locator("main .row").count())[1])
    desk.close()

    phone, found = open_form(visit_as, "/ask?lang=ar", width=390, height=800)
    expect(found).to_have_value(WORDS)
    expect(phone.locator(LINE)).to_contain_text("مسودتك")
    phone.goto("/drafts?lang=ar")
    expect(phone.locator("main .row")).to_contain_text("comment inscrivez-vous")
    phone.get_by_role("link", name="Bonjour").click()
    expect(phone.locator("main textarea")).to_have_value(WORDS)


def test_what_is_gone_on_with_on_the_phone_is_there_on_the_desk_which_had_kept_it_too(visit_as):
    desk, title = open_form(visit_as)
    type_and_wait(desk, title, WORDS)
    desk.goto("/")
    phone, found = open_form(visit_as)
    expect(found).to_have_value(WORDS)
    type_and_wait(phone, found, MORE)

    desk.goto("/ask")
    expect(title).to_have_value(MORE)


@pytest.mark.parametrize("choice", ["here", "other"])
def test_two_devices_see_both_versions_and_the_other_one_stays_readable(visit_as, choice):
    desk, title = open_form(visit_as, "/ask?lang=en")
    phone, found = open_form(visit_as, "/ask?lang=en", width=390)
    type_and_wait(desk, title, WORDS)
    begin(phone, found, MORE)

    notice = phone.locator(".notice", has_text="also changed on another device")
    expect(notice).to_be_visible()
    expect(notice.locator("textarea").first).to_have_value(WORDS)
    expect(found).to_have_value(MORE)
    expect(found).to_be_focused()
    names = {"here": "Go on with what I wrote here", "other": "Go on with the other version"}
    notice.get_by_role("button", name=names[choice]).click()
    phone.wait_for_url("**/ask")
    expect(found).to_have_value(MORE if choice == "here" else WORDS)

    phone.goto("/drafts")
    aside = phone.locator("main .row", has_text="Set aside")
    expect(aside).to_contain_text("comment inscrivez" if choice == "here" else "Et encore une phrase")
    expect(phone.locator("main .row")).to_have_count(2)


def test_enter_presses_what_it_pressed_while_both_versions_are_shown(visit_as):
    desk, title = open_form(visit_as, "/ask?lang=en")
    phone, found = open_form(visit_as, "/ask?lang=en")
    type_and_wait(desk, title, WORDS)
    begin(phone, found, MORE)
    expect(phone.get_by_text("also changed on another device")).to_be_visible()
    found.press("Enter")

    expect(phone.locator(".notice--error")).to_contain_text("Please write something first")
    expect(phone.locator("[name=title]")).to_have_value(MORE)


def test_a_conflict_that_was_left_open_is_shown_again(visit_as):
    desk, title = open_form(visit_as, "/ask?lang=en")
    phone, found = open_form(visit_as, "/ask?lang=en")
    type_and_wait(desk, title, WORDS)
    begin(phone, found, MORE)
    expect(phone.get_by_text("also changed on another device")).to_be_visible()
    phone.goto("/")
    phone.goto("/ask?lang=en")

    expect(found).to_have_value(MORE)
    expect(phone.get_by_text("also changed on another device")).to_be_visible()


def start_topic(page, title):
    page.goto("/forums/housing/new?lang=en")
    page.fill("[name=title]", title)
    page.fill("[name=text]", "Words of a test of drafts.")
    page.get_by_role("button", name="Publish the topic").click()
    page.wait_for_url("**/topics/*")
    return page.url


def test_what_is_sent_while_it_is_on_its_way_to_the_server_is_no_draft(visit_as):
    page = visit_as("claire")
    topic = start_topic(page, "A topic for a draft that is sent")
    page.goto(topic)
    reply, waiting = page.locator("#reply [name=text]"), []
    page.route(KEPT, lambda route: waiting.append(route))
    begin(page, reply, WORDS)
    assert until(page, lambda: bool(waiting))
    page.locator("#reply").get_by_role("button", name="Post the reply").click()
    waiting[0].continue_()
    page.wait_for_url("**#post-*")
    expect(page.locator(".post", has_text=WORDS)).to_have_count(1)

    page.goto("/drafts?lang=en")
    expect(page.get_by_text("Nothing begun")).to_be_visible()


def test_what_is_sent_though_the_answer_of_its_draft_was_lost_is_no_draft(visit_as):
    page = visit_as("claire")
    topic = start_topic(page, "A topic for a draft whose answer is lost")
    page.goto(topic)
    page.route(KEPT, lambda route: (route.fetch(), route.abort()))
    with page.expect_event("requestfailed", lambda request: bool(KEPT.search(request.url))):
        begin(page, page.locator("#reply [name=text]"), WORDS)
    page.locator("#reply").get_by_role("button", name="Post the reply").click()
    page.wait_for_url("**#post-*")

    page.goto("/drafts?lang=en")
    expect(page.get_by_text("Nothing begun")).to_be_visible()


def test_a_bad_line_costs_no_word_and_is_made_up_for(visit_as):
    page, title = open_form(visit_as)
    page.route(KEPT, lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: bool(KEPT.search(request.url))):
        begin(page, title, WORDS)
    page.unroute(KEPT)
    type_and_wait(page, title, WORDS + MORE)

    other, found = open_form(visit_as)
    expect(found).to_have_value(WORDS + MORE)


def test_the_answer_that_was_lost_makes_no_other_device(visit_as):
    """The server has the words, and the page does not know it."""
    page, title = open_form(visit_as, "/ask?lang=en")

    def lose(route):
        route.fetch()
        route.abort()

    page.route(KEPT, lose)
    with page.expect_event("requestfailed", lambda request: bool(KEPT.search(request.url))):
        begin(page, title, WORDS)
    page.unroute(KEPT)
    type_and_wait(page, title, MORE)
    expect(page.get_by_text("also changed on another device")).to_have_count(0)

    page.goto("/drafts?lang=en")
    expect(page.locator("main .row")).to_have_count(1)


def enter(page, member, path):
    page.goto(f"/sign-in?next={path}")
    sign_in(page, member)
    page.wait_for_url(f"**{path}")


def test_whoever_signs_out_finds_it_again_and_the_next_one_at_the_computer_does_not(visit):
    page = visit()
    title = page.locator("[name=title]")
    enter(page, "claire", "/ask")
    type_and_wait(page, title, WORDS)
    page.locator(".own-menu summary").click()
    page.locator("form[action$='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")

    enter(page, "nour", "/ask")
    expect(title).to_have_value("")
    page.context.clear_cookies(name="session")
    enter(page, "claire", "/ask")
    expect(title).to_have_value(WORDS)


FORMS = {one: FIELDS[one] for one in ("a reply", "a new topic", "a workshop", "an edit")} | {
    "an offer": ("claire", "/visits/new", "[name=question]"),
    "an application": ("claire", "/visits/1/apply", "[name=motivation]"),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_longer_text_is_found_on_another_device(visit_as, form):
    member, path, field = FORMS[form]
    desk, phone = visit_as(member), visit_as(member, width=390)
    desk.goto(path)
    type_and_wait(desk, desk.locator(field).first, WORDS)
    phone.goto(path)
    expect(phone.locator(field).first).to_have_value(WORDS)
    expect(phone.locator(LINE)).to_be_visible()


def test_the_rows_of_a_workshop_are_all_there_on_another_device(visit_as):
    desk, phone = visit_as("organiser"), visit_as("organiser", width=390)
    desk.goto("/workshops/new")
    rows = desk.locator("[name^=objectives-]")
    few = rows.count()
    desk.locator("[name=add_rows]").first.click()
    expect(rows).not_to_have_count(few)
    type_and_wait(desk, desk.locator(f"[name=objectives-{few + 1}]"), WORDS)
    phone.goto("/workshops/new")
    expect(phone.locator(f"[name=objectives-{few + 1}]")).to_have_value(WORDS)


def test_a_draft_is_kept_found_and_thrown_away_without_scripts(visit_as):
    desk, title = open_form(visit_as, "/ask?lang=en", java_script_enabled=False)
    title.fill(WORDS)
    desk.get_by_role("button", name="Keep as my draft").click()
    desk.wait_for_url("**/drafts")
    desk.get_by_role("link", name="Go on").click()
    expect(desk.locator("[name=title]")).to_have_value(WORDS)

    desk.locator(LINE).get_by_role("button").click()
    desk.get_by_role("button").last.click()
    expect(desk.locator("[name=title]")).to_have_value("")
    desk.goto("/drafts?lang=en")
    expect(desk.get_by_text("Nothing begun")).to_be_visible()


@pytest.mark.parametrize("choice", ["here", "other"])
def test_both_versions_are_shown_without_scripts(visit_as, choice):
    desk, title = open_form(visit_as, "/ask?lang=en", java_script_enabled=False)
    phone, found = open_form(visit_as, "/ask?lang=en", java_script_enabled=False, width=390)
    for page, field, words in ((desk, title, WORDS), (phone, found, MORE)):
        field.fill(words)
        page.get_by_role("button", name="Keep as my draft").click()
    expect(phone.get_by_text("also changed on another device")).to_be_visible()
    assert {area.input_value() for area in phone.locator("main textarea").all()} == {WORDS, MORE}
    names = {"here": "Go on with what I wrote here", "other": "Go on with the other version"}
    phone.get_by_role("button", name=names[choice]).click()
    phone.wait_for_url("**/ask")
    expect(phone.locator("[name=title]")).to_have_value(MORE if choice == "here" else WORDS)


def test_a_form_that_has_no_draft_sends_nothing_while_one_types(visit):
    page = visit()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if KEPT.search(request.url) else None)
    page.goto("/join")
    page.fill("[name=why]", WORDS)
    page.goto("/")
    expect(page.locator("main")).to_be_visible()
    assert not sent

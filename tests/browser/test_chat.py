"""Chat where the network is poor: what is said arrives once, in order, whatever the way."""

import re
from contextlib import nullcontext

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import begin_to_write, say
from tests.browser.pages import SEND
from tests.browser.waiting import entering, hold, until_drawn

ROOM = "/chat/rooms/2"


def open_room(page, mode="live", address=ROOM):
    with entering(page) if mode == "live" else nullcontext():
        page.goto(address)
    expect(page.locator(f"[data-mode={mode}]")).to_be_attached()
    return page


def expect_once(page, words):
    expect(page.locator(".message", has_text=words)).to_have_count(1)


def numbers(page):
    return [
        int(n)
        for n in page.locator(".message[data-number]").evaluate_all("all => all.map((e) => e.dataset.number)")
        if n
    ]


def test_a_firewall_that_blocks_websocket_leaves_long_polling(visit_as):
    claire, nour = open_room(visit_as("claire")), visit_as("nour")
    nour.route_web_socket("**/*", lambda line: line.close())
    open_room(nour, "polling")
    say(nour, "through the firewall")
    expect_once(claire, "through the firewall")
    say(claire, "heard behind it")
    expect_once(nour, "heard behind it")


def test_without_javascript_the_form_posts_and_the_page_shows_it(visit_as):
    claire = open_room(visit_as("claire"))
    nour = visit_as("nour", java_script_enabled=False)
    nour.goto(ROOM)
    nour.fill(".composer textarea", "from a plain form")
    nour.locator(".composer button[type=submit]").click()
    expect_once(nour, "from a plain form")
    expect_once(claire, "from a plain form")
    say(claire, "read by looking again")
    expect_once(claire, "read by looking again")
    nour.locator("noscript form button, .room__refresh button").first.click()
    expect_once(nour, "read by looking again")


def test_nothing_is_lost_while_the_line_is_cut(visit_as):
    claire, nour = open_room(visit_as("claire")), open_room(visit_as("nour"))
    begin_to_write(nour)
    nour.context.set_offline(True)
    expect(nour.locator(".room")).not_to_have_attribute("data-mode", "live")
    say(nour, "cut one", "cut two", "cut three")
    say(claire, "meanwhile one", "meanwhile two")
    expect_once(claire, "meanwhile two")
    nour.context.set_offline(False)
    expect(nour.locator(".room")).to_have_attribute("data-mode", "live")
    for words in ("cut one", "cut two", "cut three", "meanwhile one", "meanwhile two"):
        expect_once(claire, words)
        expect_once(nour, words)
    for page in (claire, nour):
        expect(page.locator(".message--waiting, .message--failed")).to_have_count(0)
        said = page.locator(".message__text").all_inner_texts()
        assert said.index("cut one") < said.index("cut two") < said.index("cut three")
        assert said.index("meanwhile one") < said.index("meanwhile two")
        assert numbers(page) == sorted(set(numbers(page)))


def test_signing_out_in_one_tab_ends_the_line_of_the_other(visit):
    page = visit()
    page.goto("/?lang=en")
    page.get_by_role("button", name="Pilar Echeverri").click()
    open_room(page)
    other = page.context.new_page()
    other.goto("/")
    other.locator(".own-menu summary").click()
    other.locator("form[action$='/sign-out'] button").click()
    other.wait_for_url("**/sign-in")
    expect(page.locator(".room")).to_have_attribute("data-mode", "signed-out")


def test_enter_sends_from_the_first_key_on(visit_as):
    """In a browser that has never been here, while the composer is on its way."""
    claire, witness = visit_as("claire"), open_room(visit_as("nour"))
    go_on = hold(claire, "**/composer.js")
    open_room(claire)
    claire.locator(".composer textarea").press_sequentially("typed at once")
    claire.keyboard.press("Enter")
    claire.keyboard.type("and the next line")
    go_on()
    expect_once(witness, "typed at once")
    claire.keyboard.press("Enter")
    expect_once(witness, "and the next line")
    expect_once(claire, "typed at once")
    assert witness.locator(".message__text", has_text="typed at once").inner_text() == "typed at once"


def test_enter_sends_before_the_room_has_its_script(visit_as):
    claire, witness = visit_as("claire"), open_room(visit_as("nour"))
    hold(claire, "**/room.js")
    claire.goto(ROOM, wait_until="domcontentloaded")
    claire.locator(".composer textarea").press_sequentially("before the room")
    claire.keyboard.press("Enter")
    expect_once(witness, "before the room")
    expect_once(claire, "before the room")


def test_what_was_typed_stays_when_its_script_does_not_come(visit_as):
    page = open_room(visit_as("claire"))
    field, is_cut = page.locator(".composer textarea"), [True]
    page.route("**/composer.js", lambda route: route.abort() if is_cut else route.continue_())
    field.press_sequentially("kept in the field")
    page.keyboard.press("Enter")
    expect(field).to_have_value("kept in the field")
    is_cut.clear()
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect_once(page, "kept in the field")


def test_what_was_said_live_is_translated_and_stays_so_until_its_words_change(visit_as):
    nour, claire = open_room(visit_as("nour", locale="fr")), open_room(visit_as("claire"))
    say(nour, "صباح الخير، أين نلتقي غداً؟")
    said = claire.locator(".message", has_text="صباح الخير")
    said.locator(".message__more summary").click()
    said.locator("a[href*='/translations/Message/']").click()
    claire.select_option("select#language", "fr")
    claire.fill("textarea#text", "Bonjour, où nous retrouvons-nous demain ?")
    with entering(claire):
        claire.locator(f"#translate button{SEND}").click()

    expect(claire).to_have_url(re.compile(r"/chat/rooms/2.*#message-\d+"))
    said = claire.locator(".message", has_text="Bonjour, où nous retrouvons-nous")
    expect(said.locator(".original [lang=ar]")).to_be_hidden()
    nour.locator(".message", has_text="صباح الخير").locator(".message__more summary").click()
    nour.locator(".message", has_text="صباح الخير").locator("[name=emoji]").first.click()
    expect(said.locator("[data-given] b")).to_have_text("1")
    expect(said).to_contain_text("Bonjour, où nous retrouvons-nous")

    nour.goto(
        nour.locator(".message", has_text="صباح الخير").locator("a[href$='/edit']").get_attribute("href")
    )
    nour.fill("textarea#text", "صباح الخير، نلتقي في البلدية.")
    nour.locator(f"main form.form button{SEND}").first.click()
    expect(claire.locator(".message", has_text="نلتقي في البلدية").locator("[lang=ar]")).to_be_visible()
    expect(said).to_have_count(0)


def test_what_the_room_refuses_stays_to_be_copied_and_holds_nothing_else_up(visit_as):
    claire = open_room(visit_as("claire", width=390))
    begin_to_write(claire)
    claire.eval_on_selector(".composer [name=reply_to]", "field => { field.value = 2147483647 }")
    say(claire, "an answer to nothing")
    refused = claire.locator(".message--refused")
    expect(refused.locator(".message__refusal")).to_be_visible()
    expect(refused.locator("[data-part=text]")).to_have_text("an answer to nothing")
    beyond = claire.eval_on_selector(
        "[data-part=messages]", "log => log.scrollHeight - log.scrollTop - log.clientHeight"
    )
    assert beyond < 2, "the end of the room is in sight"
    say(claire, "short enough")

    expect(claire.locator(".message[data-number]", has_text="short enough")).to_have_count(1)
    expect(claire.locator(".message--waiting, .message--failed")).to_have_count(0)


SCROLLED = "[data-part=messages]", "log => Math.round(log.scrollTop)"


def read_further_up(page):
    page.eval_on_selector("[data-part=messages]", "log => { log.scrollTop = 0 }")
    until_drawn(page)


def test_who_reads_further_up_is_told_of_a_message_and_led_to_it(visit_as):
    claire, nour = open_room(visit_as("claire")), visit_as("nour", height=600)
    say(claire, *(f"line {n} of a long day" for n in range(12)))
    open_room(nour, address=f"{ROOM}?lang=en")
    button = nour.locator("[data-part=news]")
    expect(button).to_be_hidden()
    read_further_up(nour)
    nour.locator(".own-menu summary").focus()
    say(claire, "below the edge")
    expect(button).to_contain_text("New messages: 1")
    say(claire, "further below")
    expect(button).to_contain_text("New messages: 2")

    assert nour.eval_on_selector(*SCROLLED) == 0
    expect(nour.locator(".own-menu summary")).to_be_focused()
    button.click()
    expect(nour.locator(".message", has_text="below the edge")).to_be_in_viewport()
    expect(button).to_be_hidden()
    expect(nour.locator("[data-part=messages]")).to_be_focused()


def test_a_message_that_is_removed_before_it_was_seen_is_not_counted(visit_as):
    claire, nour = open_room(visit_as("claire")), visit_as("nour", height=600)
    say(claire, *(f"line {n} of another day" for n in range(12)))
    open_room(nour)
    read_further_up(nour)
    say(claire, "taken back at once")
    expect(nour.locator("[data-part=news]")).to_be_visible()
    claire.goto(
        claire.locator(".message", has_text="taken back at once")
        .locator("a[href$='/remove']")
        .get_attribute("href")
    )
    claire.locator(f"main form.form button{SEND}").click()

    expect(nour.locator(".message", has_text="taken back at once")).to_have_count(0)
    expect(nour.locator("[data-part=news]")).to_be_hidden()


def test_who_listens_hears_who_said_what_and_nothing_of_before(visit_as):
    claire, nour = open_room(visit_as("claire")), visit_as("nour")
    say(claire, "said before Nour came")
    expect_once(claire, "said before Nour came")
    expect(claire.locator(".message--waiting, .message--failed")).to_have_count(0)  # the server has it
    open_room(nour, address=f"{ROOM}?lang=en")
    aloud = nour.locator("[data-part=aloud]")
    say(claire, "good **morning**")
    expect(aloud).to_contain_text("Claire Vasseur said: good morning")
    say(nour, "my own words")
    expect_once(nour, "my own words")

    expect(aloud.locator("p")).to_have_count(1)
    assert aloud.get_attribute("aria-live") == "polite"
    assert nour.locator("[data-part=messages]").get_attribute("aria-live") == "off"
    nour.get_by_role("button", name="Do not read new messages aloud").click()
    assert aloud.get_attribute("aria-live") == "off"


COMPOSING = {"said so": {"isComposing": True}, "only by its code": {"keyCode": 229}}
PRESS = """(field, how) => field.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...how }))"""


@pytest.mark.parametrize("how", COMPOSING)
def test_the_enter_that_ends_a_composition_sends_nothing(visit_as, how):
    page = open_room(visit_as("claire"))
    begin_to_write(page)
    field = page.locator(".composer textarea")
    field.fill("にほん")

    assert field.evaluate(PRESS, COMPOSING[how]), "the key is left to the input method"
    expect(field).to_have_value("にほん")
    assert not field.evaluate(PRESS, {}), "the next one sends"
    expect(field).to_have_value("")


def test_on_a_touch_screen_enter_begins_a_line_and_no_hint_says_otherwise(visit_as):
    page = open_room(visit_as("claire", width=390, has_touch=True, is_mobile=True))
    begin_to_write(page)
    hint = page.locator(".composer__hint--keys")
    page.locator(".composer textarea").press_sequentially("one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")

    expect(page.locator(".composer textarea")).to_have_value("one\ntwo")
    expect(hint).to_be_hidden()
    expect(open_room(visit_as("nour")).locator(".composer__hint--keys")).to_be_visible()

"""Names that are completed while one types, on a slow line: what a key takes fits what stands typed, whatever is still on its way."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import answered, hold, stop_clock
from tests.core.boundaries import BEFORE_NAMES

PLACES = {"a reply": ("/topics/11", "#reply [name=text]"), "a chat": ("/chat/rooms/2", ".composer textarea")}
V = ["@v", "Claire Vasseur, Lyon", "Lieve Verbruggen, Mechelen", "Tiago Valadares, Lisbon"]
W = [
    "@w",
    "Dana Okafor-Weiss, New York City",
    "Tāne Wiremu, Auckland",
    "Walid Trabelsi, Sfax",
    "Wanjiru Kimathi, Nairobi",
]


def asked(begun):
    """The look-up of these words and of no others."""
    return re.compile(re.escape(f"/mentions?{urlencode({'q': begun})}") + "$")


@pytest.fixture(params=PLACES)
def field(request, visit_as):
    address, selector = PLACES[request.param]
    page = visit_as("claire")
    page.goto(f"{address}?lang=en")
    page.focus(selector)
    expect(page.locator(f"{selector}[data-alive~=mention]")).to_be_focused()
    return page.locator(selector)


def offered(field):
    return field.page.get_by_role("listbox", name="People and cities").get_by_role("option")


def type_and_see(field, words, *names):
    field.press_sequentially(words)
    expect(offered(field)).to_have_text(list(names))


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_key_takes_who_fits_the_last_letters_before_their_answer_has_come(field, key):
    type_and_see(field, *V)
    go_on = hold(field.page, asked("@ve"))
    with field.page.expect_request(asked("@ve")):
        field.press_sequentially("e")
    field.press(key)
    expect(field).to_have_value("@lieve-verbruggen ")

    with answered(field.page, asked("@ve")):
        go_on()
    expect(offered(field)).to_have_count(0)
    field.focus()
    type_and_see(field, "#sf", "Sfax, Tunisia")


def test_a_key_that_comes_before_the_question_takes_who_fits_too(field):
    type_and_see(field, *V)
    stop_clock(field.page)  # so that nothing is asked
    field.press_sequentially("al")
    field.press("Enter")
    expect(field).to_have_value("@tiago-valadares ")


def test_an_arrow_chooses_among_those_who_fit_and_the_answer_leaves_the_choice(field):
    type_and_see(field, *W)
    go_on = hold(field.page, asked("@wa"))
    with field.page.expect_request(asked("@wa")):
        field.press_sequentially("a")
    expect(offered(field)).to_have_text(["Walid Trabelsi, Sfax", "Wanjiru Kimathi, Nairobi"])
    field.press("ArrowDown")
    with answered(field.page, asked("@wa")):
        go_on()
    field.press("Enter")
    expect(field).to_have_value("@wanjiru-kimathi ")


def test_where_nobody_fits_the_key_is_an_ordinary_key(field):
    type_and_see(field, *V)
    hold(field.page, asked("@vx"))
    with field.page.expect_request(asked("@vx")):
        field.press_sequentially("x")
    expect(offered(field)).to_have_count(0)
    field.press("Shift+Enter")
    expect(field).to_have_value("@vx\n")


def test_an_answer_to_earlier_letters_replaces_no_newer_one(field):
    go_on = hold(field.page, asked("@v"))
    with field.page.expect_request(asked("@v")):
        field.press_sequentially("@v")
    type_and_see(field, "e", "Lieve Verbruggen, Mechelen")
    with answered(field.page, asked("@v")):
        go_on()
    expect(offered(field)).to_have_text(["Lieve Verbruggen, Mechelen"])


@pytest.mark.parametrize("turn_away", ["Escape", "Tab"])
def test_a_list_that_comes_late_does_not_open_where_one_has_turned_away(field, turn_away):
    go_on = hold(field.page, asked("@v"))
    with field.page.expect_request(asked("@v")):
        field.press_sequentially("@v")
    field.press(turn_away)
    with answered(field.page, asked("@v")):
        go_on()
    expect(offered(field)).to_have_count(0)
    field.focus()
    field.press("End")
    field.press("Shift+Enter")
    expect(field).to_have_value("@v\n")


@pytest.mark.parametrize("field", ["a chat"], indirect=True)
def test_a_name_is_completed_where_the_server_would_see_it_begin(field):
    page, asking = field.page, []
    page.on("request", lambda request: asking.append(request.url))
    stop_clock(page)
    for before, is_begin in BEFORE_NAMES:
        field.fill(f"{before}@liev")
        field.press_sequentially("e")
        page.clock.run_for(1_000)
        field.input_value()  # the browser has told of its requests when it answers
        assert any(asked("@lieve").search(url) for url in asking) == is_begin, before
        asking.clear()


@pytest.mark.parametrize("typed", ["＠v", "谢谢＠v", "@v\u200c", "@\u200fv"])
def test_wide_signs_and_joiners_begin_a_name_too(field, typed):
    type_and_see(field, typed, *V[1:])
    field.press("Enter")
    expect(field).to_have_value(f"{typed.partition('＠')[0] if '＠' in typed else ''}@claire-vasseur ")


def suggest(field, letters, *names):
    """The look-up of these letters answers with these names, whoever there is."""
    found = [{"insert": f"@{n.lower().replace(' ', '-')}", "name": n, "label": n} for n in names]
    field.page.route(asked(letters), lambda route: route.fulfill(json=found))


# What stands typed when the first list has come, what is done then, and what a key leaves before its answer has come.
TURNS = {
    "a letter less": ("@ve", ["Lieve Verbruggen, Mechelen"], ["Backspace"], "@v"),
    "other letters": ("@ve", ["Lieve Verbruggen, Mechelen"], ["Backspace", "Backspace", "l"], "@l"),
    "another sign": ("#sf", ["Sfax, Tunisia"], ["Backspace", "Backspace", "Backspace", "@", "s"], "@s"),
}


@pytest.mark.parametrize("key", ["Enter", "Tab"])
@pytest.mark.parametrize("turn", TURNS)
def test_an_old_list_answers_no_new_question(field, turn, key):
    typed, names, presses, left = TURNS[turn]
    type_and_see(field, typed, *names)
    hold(field.page, re.compile(r"/mentions\?"))
    for press in presses:
        field.press(press)
    expect(offered(field)).to_have_count(0)
    field.press("Shift+Enter" if key == "Enter" else key)
    expect(field).to_have_value(re.compile(rf"^{left}\n?$"))


def test_a_list_that_leaves_some_out_is_not_narrowed_but_asked_for_again(field):
    suggest(field, "@a", *(f"A{letter} Ann" for letter in "abcdefgh"))
    field.press_sequentially("@a")
    expect(offered(field)).to_have_count(8)
    hold(field.page, asked("@an"))
    with field.page.expect_request(asked("@an")):
        field.press_sequentially("n")
    expect(offered(field)).to_have_count(0)


def test_the_list_of_one_place_is_not_taken_at_another(field):
    field.fill("@v and @")
    type_and_see(field, "v", *V[1:])
    hold(field.page, re.compile(r"/mentions\?"))
    field.evaluate("area => { area.setSelectionRange(2, 2); area.dispatchEvent(new Event('click')) }")
    field.press("Tab")
    expect(field).to_have_value("@v and @v")


def test_who_was_found_by_other_letters_than_those_typed_can_be_taken(field):
    """The server finds ﺃﺣﻤﺪ by احمد and Łukasz by luk: what it answered to these very letters needs no second look."""
    found = [{"insert": "@lukasz-w", "name": "Łukasz W", "label": "Łukasz W, Łódź"}]
    field.page.route(asked("@uk"), lambda route: route.fulfill(json=found))
    type_and_see(field, "@uk", "Łukasz W, Łódź")
    field.press("Enter")
    expect(field).to_have_value("@lukasz-w ")


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}], ids=["said so", "by its code"])
def test_the_enter_that_ends_a_composition_takes_nobody(field, how):
    type_and_see(field, *V)
    press = """(area, how) => area.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...how }))"""
    assert field.evaluate(press, how)
    expect(field).to_have_value("@v")
    expect(offered(field)).to_have_count(3)


# ---- where the list opens ----

BOXES = """area => {
  const list = area.parentElement.querySelector("[role=listbox]").getBoundingClientRect()
  const field = area.getBoundingClientRect(), line = parseFloat(getComputedStyle(area).lineHeight)
  const { offsetTop, height } = visualViewport
  return { list: list.toJSON(), field: field.toJSON(), line, top: offsetTop, bottom: offsetTop + height }
}"""
LINES = "One line\n" * 3


def boxes(field):
    expect(offered(field).first).to_be_visible()
    return field.evaluate(BOXES)


# What stands before the sign, from which third of the field the list begins there in a row of words from the left.
BEFORE = {
    "nothing": ("", "left"),
    "words": ("We thank all of you, and above all ", "middle"),
    "Chinese, without a space": ("我们非常感谢", "left"),
    "Arabic": ("نشكر ", "right"),
}


@pytest.mark.parametrize("before", BEFORE)
def test_the_list_opens_at_the_caret_and_not_under_the_field(visit_as, before):
    words, third = BEFORE[before]
    page = visit_as("claire")
    page.goto("/topics/11?lang=en")
    field = page.locator("#reply [name=text]")
    field.focus()
    expect(page.locator("#reply [name=text][data-alive~=mention]")).to_be_focused()
    field.fill(f"{words}\n{words}")
    type_and_see(field, *V)

    box = boxes(field)
    top = box["list"]["top"] - box["field"]["top"]
    assert 1.5 * box["line"] < top < 3.5 * box["line"], "under the second line"
    left = (box["list"]["left"] - box["field"]["left"]) / box["field"]["width"]
    right = (box["field"]["right"] - box["list"]["right"]) / box["field"]["width"]
    assert {"left": left < 0.33, "middle": left > 0.2, "right": right < 0.33 < left}[third], (left, right)
    assert (
        box["field"]["left"] - 1 <= box["list"]["left"] and box["list"]["right"] <= box["field"]["right"] + 1
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_where_there_is_no_room_below_it_opens_above_the_line(visit_as, lang):
    page = visit_as("claire", width=390, height=420)
    page.goto(f"/topics/11?lang={lang}")
    field = page.locator("#reply [name=text]")
    field.focus()
    expect(page.locator("#reply [name=text][data-alive~=mention]")).to_be_focused()
    field.fill(LINES)
    field.evaluate("area => scrollTo(0, scrollY + area.getBoundingClientRect().bottom - innerHeight + 4)")
    field.press_sequentially("@v")
    expect(field.page.get_by_role("listbox").get_by_role("option")).to_have_count(3)

    box = field.evaluate(BOXES)
    assert box["list"]["bottom"] <= box["field"]["bottom"] - box["line"] / 2, "above the line that is written"
    assert box["top"] <= box["list"]["top"] and box["list"]["bottom"] <= box["bottom"]
    assert box["list"]["left"] >= 0 and box["list"]["right"] <= 390
    field.press("Enter")
    expect(field).to_have_value(f"{LINES}@claire-vasseur ")


def test_a_keyboard_on_the_screen_turns_the_list_over(visit_as):
    """Chromium on a desk has none: what it would leave to be seen is told in its place."""
    page = visit_as("claire", width=390, height=800, has_touch=True, is_mobile=True)
    page.goto("/topics/11?lang=en")
    field = page.locator("#reply [name=text]")
    field.focus()
    expect(page.locator("#reply [name=text][data-alive~=mention]")).to_be_focused()
    field.evaluate("area => scrollTo(0, scrollY + area.getBoundingClientRect().top - 300)")
    type_and_see(field, *V)
    open_below = boxes(field)
    assert open_below["list"]["top"] > open_below["field"]["top"]

    page.evaluate("""() => {
      Object.defineProperty(visualViewport, "height", { value: 360 })
      visualViewport.dispatchEvent(new Event("resize"))
    }""")
    box = boxes(field)
    assert box["list"]["bottom"] <= min(360, box["field"]["top"] + box["line"] * 1.2)

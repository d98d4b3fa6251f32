"""Writing a long text: tools and their keys, a preview, and sending it by a key, in three languages, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import hold, until, until_drawn

SCREENS = {
    "English on a desk": ("en", 1280),
    "French on a desk": ("fr", 1280),
    "Arabic on a phone": ("ar", 390),
}
ADDRESS = "/ask?title=Which desk helps newcomers best"


def open_form(visit_as, lang="en", width=1280, **options):
    page = visit_as("claire", width=width, **options)
    page.goto(f"{ADDRESS}&lang={lang}")
    return page


def begin(page):
    page.focus("[name=text]")
    expect(page.locator(".writing[data-alive~=writing] [name=text]")).to_be_focused()
    return page.locator("[name=text]")


@pytest.fixture
def page(visit_as):
    return open_form(visit_as)


@pytest.fixture
def field(page):
    return begin(page)


def select(field, words):
    field.evaluate(
        "(area, words) => { const at = area.value.indexOf(words); area.setSelectionRange(at, at + words.length) }",
        words,
    )


def selected(field):
    return field.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")


TOOLS = {
    "bold": ("Two desks help", "desks", "bold", "Two **desks** help", "desks"),
    "bold again": ("Two **desks** help", "desks", "bold", "Two desks help", "desks"),
    "bold without the blanks around": ("Two desks help", " desks ", "bold", "Two **desks** help", "desks"),
    "bold with nothing chosen": ("", "", "bold", "****", ""),
    "italic": ("مكتبان يساعدان", "مكتبان", "italic", "*مكتبان* يساعدان", "مكتبان"),
    "italic within bold": ("**desks**", "desks", "italic", "***desks***", "desks"),
    "italic out of bold": ("***desks***", "desks", "italic", "**desks**", "desks"),
    "link of words": ("See our guide", "guide", "link", "See our [guide](https://)", "https://"),
    "link of an address": (
        "https://lyon.example/a",
        "https://lyon.example/a",
        "link",
        "[](https://lyon.example/a)",
        "",
    ),
    "list of lines": (
        "We have\ntwo desks\nfor all",
        "two desks\nfor all",
        "list",
        "We have\n- two desks\n- for all",
        None,
    ),
    "list taken back": ("- two desks\n- for all", "two desks\n- for all", "list", "two desks\nfor all", None),
    "quote": ("我们有两个窗口", "窗口", "quote", "> 我们有两个窗口", None),
    "quote of the line one is on": ("First\n\nSecond", "", "quote", "> First\n\nSecond", None),
}


@pytest.mark.parametrize("case", TOOLS)
def test_a_tool_marks_what_is_chosen_and_undo_takes_it_back(page, field, case):
    text, chosen, tool, result, left = TOOLS[case]
    field.press_sequentially(text) if "\n" not in text else field.fill(text)
    select(field, chosen)
    page.click(f"[data-tool={tool}]")
    expect(field).to_have_value(result)
    expect(field).to_be_focused()
    if left is not None:
        assert selected(field) == left
    field.press("Control+z")
    expect(field).to_have_value(text)
    field.press("Control+Shift+z")
    expect(field).to_have_value(result)


KEYS = {"b": "**desks**", "i": "*desks*", "k": "[desks](https://)"}
LAYOUTS = {"Latin": {}, "Cyrillic": {"b": "и", "i": "ш", "k": "л"}, "Arabic": {"b": "لا", "i": "ه", "k": "ن"}}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("key", KEYS)
def test_keys_do_the_same_on_whatever_keyboard(field, key, layout):
    field.fill("desks")
    select(field, "desks")
    said = {"key": LAYOUTS[layout].get(key, key), "code": f"Key{key.upper()}", "ctrlKey": True}
    press = """(area, said) => area.dispatchEvent(
      new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...said }))"""
    assert not field.evaluate(press, said), "the browser's own meaning of the key"
    expect(field).to_have_value(KEYS[key])


@pytest.mark.parametrize("screen", SCREENS)
def test_the_tools_are_one_stop_of_the_keyboard_and_arrows_follow_the_page(visit_as, screen):
    lang, width = SCREENS[screen]
    page = open_form(visit_as, lang, width)
    field = begin(page)
    field.fill("desks")
    select(field, "desks")
    field.press("Shift+Tab")
    field.page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-tool=bold]")).to_be_focused()
    on = "ArrowLeft" if lang == "ar" else "ArrowRight"
    page.keyboard.press(on)
    expect(page.locator("[data-tool=italic]")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("[data-tool=quote]")).to_be_focused()
    page.keyboard.press(on)
    expect(page.locator("[data-tool=bold]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("**desks**")
    for tool in page.locator("[data-tool]").all():
        assert tool.get_attribute("aria-label") and tool.get_attribute("title")


def test_the_first_press_counts_though_its_module_is_still_on_its_way(visit_as):
    page = open_form(visit_as)
    page.locator("[name=text]").evaluate("area => { area.value = 'desks'; area.setSelectionRange(0, 5) }")
    go_on = hold(page, re.compile("writing.*js"))
    page.click("[data-tool=bold]")
    go_on()
    expect(page.locator("[name=text]")).to_have_value("**desks**")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_preview_is_a_press_away_and_so_is_the_text(visit_as, screen):
    lang, width = SCREENS[screen]
    page = open_form(visit_as, lang, width)
    field = begin(page)
    field.fill("Two **desks** for @claire-vasseur\n\n- one\n- two")
    button = page.locator("[data-preview-url]")
    word = button.inner_text()
    button.click()
    preview = page.locator(".writing__preview")
    expect(preview.locator("strong")).to_have_text("desks")
    expect(preview.get_by_role("link", name="Claire Vasseur")).to_be_visible()
    expect(preview).to_be_focused()
    expect(field).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(button).not_to_have_text(word)

    button.click()
    expect(field).to_be_focused()
    expect(preview).to_be_hidden()
    expect(field).to_have_value("Two **desks** for @claire-vasseur\n\n- one\n- two")
    expect(button).to_have_text(word)


@pytest.mark.parametrize("screen", SCREENS)
def test_without_scripts_the_page_answers_with_the_preview(visit_as, screen):
    lang, width = SCREENS[screen]
    page = open_form(visit_as, lang, width, java_script_enabled=False)
    expect(page.locator("[data-tool=bold]")).to_be_hidden()
    page.fill("[name=text]", "Two **desks**")
    page.locator("[name=kind][value=peer_assist]").check()
    page.locator("button[name=preview]").click()
    expect(page.locator(".writing__preview strong")).to_have_text("desks")
    expect(page.locator("[name=text]")).to_have_value("Two **desks**")
    expect(page.locator("[name=title]")).to_have_value("Which desk helps newcomers best")
    expect(page.locator("[name=kind][value=peer_assist]")).to_be_checked()
    expect(page.locator("[role=alert]:visible")).to_have_count(0)


def test_where_the_part_does_not_come_the_form_is_sent_for_it(page, field):
    page.route("**/preview", lambda route: route.abort())
    field.fill("Two **desks**")
    page.locator("[data-preview-url]").click()
    expect(page.locator("section.writing__preview strong")).to_have_text("desks")
    expect(page.locator("[name=text]")).to_have_value("Two **desks**")


def test_enter_in_the_title_does_not_only_look(page, field):
    """Of a form's buttons the first is the one that Enter presses."""
    page.fill("[name=title]", "")
    page.press("[name=title]", "Enter")
    expect(page.get_by_role("alert").filter(has_text="look at these points")).to_be_visible()


@pytest.mark.parametrize("times", [1, 3])
def test_control_and_enter_send_what_the_button_would_once(visit_as, times):
    page = open_form(visit_as)
    field = begin(page)
    page.locator("[name=forum]").first.check()
    title = f"Desks that help, sent by {times} presses"
    page.fill("[name=title]", title)
    field.fill("Two **desks**")
    sent = []
    page.on(
        "request",
        lambda request: request.method == "POST" and request.is_navigation_request() and sent.append(1),
    )
    field.evaluate(
        """(area, times) => { for (let n = 0; n < times; n += 1) area.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true })) }""",
        times,
    )
    page.wait_for_url(re.compile(r"/topics/\d+"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    assert len(sent) == 1


@pytest.mark.parametrize("screen", SCREENS)
def test_control_and_enter_send_from_the_first_moment_on(visit_as, screen):
    """Before what a long text has of its own has come."""
    lang, width = SCREENS[screen]
    page = open_form(visit_as, lang, width)
    go_on = hold(page, re.compile(r"(writing|typed|ask)\.js"))
    page.locator("[name=forum]").first.check()
    title = f"Desks that help, sent at once in {lang}"
    page.locator("[name=title]").evaluate("(field, title) => { field.value = title }", title)
    page.locator("[name=text]").evaluate("area => { area.value = 'Two desks'; area.focus() }")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/topics/\d+"))
    go_on()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


@pytest.mark.parametrize("keys", ["Control+Shift+Enter", "Control+Alt+Enter", "Shift+Enter", "Enter"])
def test_no_other_keys_send_a_long_text(page, field, keys):
    field.fill("Two desks")
    page.fill("[name=title]", "")
    field.focus()
    page.keyboard.press(keys)
    until_drawn(page)
    expect(page.get_by_role("alert").filter(has_text="look at these points")).to_have_count(0)
    expect(field).to_be_focused()


def test_control_and_enter_say_what_is_missing_and_keep_the_text(page, field):
    field.fill("Two **desks**")
    page.fill("[name=title]", "")
    field.press("Control+Enter")
    expect(page.get_by_role("alert").filter(has_text="look at these points")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Two **desks**")


def test_a_line_of_the_chat_keeps_its_keys_and_has_no_tools(visit_as):
    page = visit_as("claire")
    page.goto("/chat/rooms/2?lang=en")
    field = page.locator(".composer textarea")
    field.focus()
    expect(page.locator(".composer[data-is-ready]")).to_be_attached()
    field.fill("one")
    field.press("Shift+Enter")
    field.press("Control+b")
    expect(field).to_have_value("one\n")
    assert page.locator(".composer [data-tool], .composer [name=preview]").count() == 0
    field.fill("")
    assert until(page, lambda: field.input_value() == "")

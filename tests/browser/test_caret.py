"""The list of names beside the caret: within the window at each edge and in each direction, above the line where that has more room."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_mentions import BOXES, V

LATIN, ARABIC = "words and more ", "كلمات وأكثر "
# Which language the page is in, how wide the window is, and what stands before the sign.
EDGES = {
    "at the right edge of a phone": ("en", 390, LATIN * 2),
    "at the right edge of a narrow phone": ("fr", 320, LATIN + "and "),
    "at the left edge, in Arabic": ("ar", 390, ARABIC * 3),
    "at the left edge of a narrow phone, in Arabic": ("ar", 320, ARABIC * 2),
    "Arabic words on an English page": ("en", 390, ARABIC * 3),
    "Latin words on an Arabic page": ("ar", 390, LATIN * 2),
    "at the right edge of a desk": ("en", 1280, LATIN * 7),
    "at the left edge of a desk, in Arabic": ("ar", 1280, ARABIC * 9),
}


def begin(visit_as, lang, width, height=800):
    page = visit_as("claire", width=width, height=height)
    page.goto(f"/ask?lang={lang}")
    field = page.locator("[name=text]")
    field.focus()
    expect(page.locator("[name=text][data-alive~=mention]")).to_be_focused()
    return page, field


def offer(field, words):
    field.fill(words)
    field.press_sequentially("@v")
    expect(field.page.get_by_role("listbox").get_by_role("option")).to_have_count(len(V) - 1)
    return field.evaluate(BOXES)


@pytest.mark.parametrize("edge", EDGES)
def test_the_list_stays_in_the_window_and_pushes_it_no_wider(visit_as, edge):
    lang, width, words = EDGES[edge]
    page, field = begin(visit_as, lang, width)
    box = offer(field, words)
    assert box["list"]["left"] >= 0 and box["list"]["right"] <= width, box
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert box["list"]["width"] >= 200, "wide enough to read a name"


THIRD_LINE_AT = """(area, y) => {
  const line = parseFloat(getComputedStyle(area).lineHeight)
  scrollTo(0, scrollY + area.getBoundingClientRect().top + 2.5 * line - y)
}"""
SCREENS = {
    "Latin": ("en", 1280, LATIN),
    "Arabic": ("ar", 390, ARABIC),
    "French on a phone": ("fr", 390, LATIN),
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("room", ["below", "above"])
def test_it_opens_where_there_is_room_and_covers_no_line_that_is_written(visit_as, screen, room):
    lang, width, words = SCREENS[screen]
    _page, field = begin(visit_as, lang, width, height=600)
    field.fill(f"{words}\n" * 2 + words)
    field.evaluate(THIRD_LINE_AT, 120 if room == "below" else 560)
    field.press_sequentially("@v")
    expect(field.page.get_by_role("listbox").get_by_role("option")).to_have_count(len(V) - 1)
    box = field.evaluate(BOXES)
    line = box["field"]["top"] + 2.5 * box["line"]
    if room == "above":
        assert box["list"]["bottom"] <= line + box["line"], "above the third line"
    else:
        assert box["list"]["top"] >= line, "below the third line"
    assert box["top"] <= box["list"]["top"] and box["list"]["bottom"] <= box["bottom"]
    assert box["list"]["left"] >= 0 and box["list"]["right"] <= width

"""The sign at the head of each page: one row in every language and at every width. Where there is no room in it for the
places, they stand at the lower edge of the screen, and hide nothing there."""

import pytest
from playwright.sync_api import expect

from cityexchange.core.i18n import LOCALES
from tests.browser.waiting import until_drawn

WIDTHS = 320, 390, 768, 960, 1200, 1280, 1440
MEASURED = """() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect())
  const { lineHeight } = getComputedStyle(document.querySelector(".masthead__own .button"))
  const words = boxes(".masthead__own .button span").map(({ height }) => height / parseFloat(lineHeight))
  const [own] = boxes(".masthead__own"), [mark] = boxes(".wordmark")
  return {
    lines: new Set(boxes(".main-nav li").map(({ top }) => Math.round(top))).size,
    words: Math.max(0, ...words),
    apart: Math.max(own.left - mark.right, mark.left - own.right),
    width: document.documentElement.scrollWidth,
    head: boxes(".masthead")[0].height,
    places: boxes(".main-nav")[0].bottom,
    cut: [...document.querySelectorAll(".main-nav a")].filter((one) => one.scrollWidth > one.clientWidth).length,
    targets: Math.min(...boxes(".main-nav a").flatMap(({ width, height }) => [width, height])),
  }
}"""
HIGHEST = 56
"""Pixels of the sign; Arabic letters are a sixteenth larger."""


@pytest.mark.parametrize("member", ["visitor", "claire"])
@pytest.mark.parametrize("lang", LOCALES)
def test_the_sign_is_one_row_and_the_places_are_one_line(visit_as, member, lang):
    page = visit_as(member)
    page.goto(f"/themes?lang={lang}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        until_drawn(page)
        seen = page.evaluate(MEASURED)
        assert seen["width"] <= width and seen["apart"] >= 0, (width, seen)
        assert seen["words"] < 1.8, (width, seen)
        assert seen["lines"] == 1 and seen["head"] <= HIGHEST, (width, seen)
        assert seen["cut"] == 0 and seen["targets"] >= 24, (width, seen)
        assert (seen["places"] == 800) == (width < 960), (width, seen)


@pytest.mark.parametrize(
    ("path", "names"), [("/themes/reception?lang=en", ["Themes", "Reception"]), ("/themes", [])]
)
def test_a_theme_stands_among_the_themes_and_not_under_the_cities(visit_as, path, names):
    page = visit_as("visitor")
    page.goto(path)
    shown = page.locator(".breadcrumb li").all_inner_texts()
    assert [words.split()[0] for words in shown] == names


LAST_LINE = "() => [...document.querySelectorAll('.footer a')].at(-1).getBoundingClientRect().bottom"
PLACES = "() => document.querySelector('.main-nav').getBoundingClientRect().top"


def test_the_places_hide_neither_the_last_line_nor_what_the_keyboard_comes_to(visit_as):
    page = visit_as("claire", width=390, height=844)
    page.goto("/settings?lang=fr")
    fields = page.locator("main :is(input, select, textarea, button):visible")
    for number in range(fields.count()):
        fields.nth(number).focus()
        box = fields.nth(number).bounding_box()
        assert box["height"] > 500 or box["y"] + box["height"] <= page.evaluate(PLACES), number

    page.keyboard.press("Control+End")
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    until_drawn(page)
    assert page.evaluate(LAST_LINE) <= page.evaluate(PLACES)


def test_a_room_has_the_lower_edge_for_what_one_writes(visit_as):
    page = visit_as("claire", width=390, height=844)
    page.goto("/chat/rooms/1")
    expect(page.locator(".main-nav")).to_be_hidden()
    expect(page.locator(".breadcrumb a").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 844})
    expect(page.locator(".main-nav")).to_be_visible()

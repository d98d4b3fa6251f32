"""The sign at the head of each page: one line of menu on a desk and one line of words in each button, in every language."""

import pytest

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
  }
}"""


@pytest.mark.parametrize("member", ["visitor", "claire"])
@pytest.mark.parametrize("lang", LOCALES)
def test_the_menu_and_the_buttons_stand_on_one_line(visit_as, member, lang):
    page = visit_as(member)
    page.goto(f"/themes?lang={lang}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        until_drawn(page)
        seen = page.evaluate(MEASURED)
        assert seen["width"] <= width and seen["apart"] >= 0, (width, seen)
        assert seen["words"] < 1.8, (width, seen)
        assert seen["lines"] == 1 or width < 768, (width, seen)


@pytest.mark.parametrize(
    ("path", "names"), [("/themes/reception?lang=en", ["Themes", "Reception"]), ("/themes", [])]
)
def test_a_theme_stands_among_the_themes_and_not_under_the_cities(visit_as, path, names):
    page = visit_as("visitor")
    page.goto(path)
    shown = page.locator(".breadcrumb li").all_inner_texts()
    assert [words.split()[0] for words in shown] == names

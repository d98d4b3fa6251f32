"""What holds for every component, wherever a page puts it."""

import pytest

from cityexchange.core.text.rendering import render
from tests.browser.test_every_page import axe
from tests.browser.waiting import WATCH_SHIFTS, shifts_of

pytestmark = [pytest.mark.browser, pytest.mark.no_app]
LOOKS = [
    ("/?place=forum", 1280, "light"),
    ("/?place=event&lang=ar", 390, "light"),
    ("/?place=chat&lang=ar", 1280, "dark"),
    ("/?place=city&lang=zh", 390, "dark"),
    ("/?place=visit&lang=ru", 320, "dark"),
    ("/", 320, "light"),
]
SMALL = """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")]
  .filter((e) => e.offsetParent && !e.closest("p, .written, .notice, .card__title"))
  .filter((e) => { const box = e.getBoundingClientRect(); return box.height < 24 || box.width < 24 })
  .map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("path", "width", "scheme"), LOOKS)
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, path, width, scheme):
    page = open_page(path, width=width, color_scheme=scheme, bypass_csp=True)
    assert axe(page) == []
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth") <= page.evaluate(f"{root}.clientWidth")


@pytest.mark.parametrize("path", ["/", "/?lang=ar"])
def test_whatever_is_pressed_is_large_enough(open_page, path):
    assert open_page(path, width=390).evaluate(SMALL) == []


def test_nothing_moves_while_the_page_arrives_and_the_policy_holds(open_page):
    page = open_page(width=390)
    page.evaluate(WATCH_SHIFTS)
    assert shifts_of(page) == []
    assert page.complaints == []
    assert len(page.asked) <= 12


def test_right_to_left_mirrors_arrows_and_the_side_column(open_page):
    page = open_page("/?lang=ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    content, aside = (page.locator(name).bounding_box()["x"] for name in (".page__content", ".page__aside"))
    assert aside < content
    arrow = page.locator(".section__more .icon--turn")
    assert arrow.evaluate("e => getComputedStyle(e).transform") == "matrix(-1, 0, 0, 1, 0, 0)"


def test_letters_follow_the_language_of_the_text_not_of_the_page(open_page):
    page = open_page("/?lang=ar")
    fonts = "e => getComputedStyle(e).fontFamily"
    arabic, english = (page.locator(f'.post [lang="{code}"]').first.evaluate(fonts) for code in ("ar", "en"))
    assert arabic == page.locator("body").evaluate(fonts) != english


def test_paper_shows_the_text_without_the_furniture(open_page):
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator(".post__text").first.is_visible()
    for furniture in (".masthead", ".footer", ".form", ".pagination"):
        assert not page.locator(furniture).first.is_visible()


def test_the_keyboard_comes_first_to_the_skip_link_and_sees_where_it_is(open_page):
    page = open_page("/?calm")
    page.locator("body").press("Tab")
    link = page.locator(".skip-link")
    assert link.bounding_box()["y"] >= 0
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    link.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize(("text", "edge"), [("- نقطة\n  - Point", "right"), ("- Point\n  - نقطة", "left")])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("holder", ["", "> "])
def test_a_list_that_runs_the_other_way_stays_under_its_item(open_page, text, edge, width, holder):
    html = render("\n".join(holder + line for line in text.splitlines()))
    gap = open_page(width=width).evaluate(
        """([html, edge]) => {
            const place = document.querySelector(".written")
            place.innerHTML = html
            const [item, inner] = ["li", "ul ul"].map((name) => place.querySelector(name).getBoundingClientRect()[edge])
            return Math.abs(item - inner)
        }""",
        [html, edge],
    )

    assert 16 < gap < 32  # indented, and near

"""Every page, in three languages, narrow and wide, light and dark: it stands, it is quiet, and anybody can use it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ALL_PAGES, in_language
from tests.browser.waiting import WATCH_SHIFTS, hold, shifts_of, until_at_work, until_drawn

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Stylesheets are read again for one rule only, which is none of these.
    "preload": {"assets": ["media"]},
}
LOOKS = {
    "en": [(390, "light"), (1280, "dark")],
    "fr": [(320, "light")],
    "ar": [(1280, "light"), (390, "dark")],
}
WATCH = """
window.complaints = [];
addEventListener("securitypolicyviolation", (e) => complaints.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
SMALL_TARGETS = """
[...document.querySelectorAll("button, summary, select, input:not([type=hidden]), textarea, nav a, .button")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".visually-hidden, .skip-link"))
  .map((e) => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .filter(([html]) => !/type="(checkbox|radio)"/.test(html))
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)
"""
HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((e) => e.checkVisibility()).map((e) => Number(e.tagName[1]))"""


@pytest.mark.parametrize(("member", "path"), ALL_PAGES)
def test_a_page_is_whole_quiet_and_open_to_all(visit_as, live_server, member, path):
    page = visit_as(member, reduced_motion="reduce")  # no colour is measured half way
    page.add_init_script(WATCH + WATCH_SHIFTS)
    complaints, asked = listen(page)
    for language in LOOKS:
        complaints += look_at(page, path, language)
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.base_url, "data:"))] == []


def look_at(page, path, language):
    complaints = []
    for turn, (width, scheme) in enumerate(LOOKS[language]):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if turn == 0:
            complaints += open_page(page, path, language)
        complaints += sticks_out(page) + page.evaluate(SMALL_TARGETS)
        complaints += axe(page) if language == "en" or turn else []
    return [f"{language}: {words}" for words in complaints]


def open_page(page, path, language):
    address = in_language(path, language)
    answer = open_slowly(page, address) if language == "ar" else page.goto(address)
    until_at_work(page)
    assert answer.status == 200
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    complaints = [f"layout shift {shift['value']}: {shift['of']}" for shift in shifts_of(page)]
    return complaints + headings_out_of_order(page) + page.evaluate("window.complaints")


def open_slowly(page, address):
    """As on a slow line: the page is drawn, and then its scripts come."""
    go_on = hold(page, "**/js/features/**")
    answer = page.goto(address)
    until_drawn(page)
    go_on()
    return answer


def listen(page):
    complaints, asked = [], []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return complaints, asked


def axe(page):
    if not page.evaluate("window.axe ? 1 : 0"):
        page.evaluate(AXE.read_text())  # through the debugger, which the page's own policy does not bind
    found = page.evaluate(
        f"axe.run(document, {json.dumps(AXE_OPTIONS)}).then(({{ violations }}) => violations)"
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def sticks_out(page):
    """What is wider than the window, where that makes the page scroll sideways."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(
        """[...document.body.querySelectorAll("*")].filter((e) => {
          const box = e.getBoundingClientRect()
          return box.width && (box.right > innerWidth + 1 || box.left < -1)
        }).map((e) => `sticks out at ${innerWidth}: ${e.outerHTML.slice(0, 150)}`).slice(0, 5)"""
    )


def headings_out_of_order(page):
    levels = page.evaluate(HEADINGS)
    if levels[:1] != [1] or levels.count(1) != 1:
        return [f"headings begin with {levels[:3]}, {levels.count(1)} of the first level"]
    return [f"h{a} is followed by h{b}" for a, b in zip(levels, levels[1:], strict=False) if b > a + 1]


LONGEST_WORD = "Donaudampfschifffahrt" * 5
SAY_IT_EVERYWHERE = """(word) => {
  for (const element of document.querySelectorAll("main bdi, main [dir=auto], header bdi, footer bdi, select option:last-child")) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (/\\S/.test(walker.currentNode.data)) walker.currentNode.data = word
  }
}"""


@pytest.mark.parametrize(("member", "path"), ALL_PAGES)
def test_no_word_of_a_person_is_wider_than_the_screen(visit_as, member, path):
    page = visit_as(member, width=320)
    page.goto(in_language(path, "en"))
    until_at_work(page)
    page.evaluate(SAY_IT_EVERYWHERE, LONGEST_WORD)
    assert sticks_out(page) == []


def test_an_address_among_arabic_stands_as_it_is_typed(visit_as):
    page = visit_as("nour")
    page.goto(in_language("/topics/11", "ar"))
    ends = page.locator(".post .written").first.evaluate("""(text) => {
      text.innerHTML = '<p dir="auto">انظر <a>https://tunis.example/plan/</a> شكرا</p>'
      const address = text.querySelector("a").firstChild
      return [0, address.length - 1].map((at) => {
        const sign = document.createRange()
        sign.setStart(address, at)
        sign.setEnd(address, at + 1)
        return sign.getBoundingClientRect().left
      })
    }""")
    assert ends[0] < ends[1]


def test_a_title_in_another_script_stands_at_the_side_of_the_page(visit_as):
    page = visit_as("nour", width=390)
    page.goto(in_language("/visits/1", "ar"))
    gap = page.evaluate("""() => {
      const title = document.querySelector("h1"), words = document.createRange()
      title.textContent = "Reception in many languages"  // as where nobody has translated it yet
      title.lang = "en"
      words.selectNodeContents(title)
      return title.getBoundingClientRect().right - words.getBoundingClientRect().right
    }""")
    assert page.evaluate("document.querySelector('h1').lang") == "en"
    assert abs(gap) <= 2


def test_a_page_chosen_dark_is_printed_in_ink(visit, live_server):
    page = visit()
    page.context.add_cookies([{"name": "theme", "value": "dark", "url": live_server.base_url}])
    page.goto("/workshops/1")
    ink = "getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(ink) != "rgb(0, 0, 0)"
    page.emulate_media(media="print")
    assert page.evaluate(ink) == "rgb(0, 0, 0)"


def test_a_room_on_a_phone_is_left_to_what_is_said(visit_as):
    page = visit_as("claire", width=390, height=844)
    page.goto(in_language("/chat/rooms/1", "fr"))
    assert page.evaluate("document.querySelector('.messages').clientHeight") >= 844 / 3
    assert page.evaluate("document.querySelector('.composer').getBoundingClientRect().bottom") <= 844


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_a_room_does_not_move_when_its_line_and_others_come(visit_as, language):
    page = visit_as("facilitator")
    page.add_init_script(WATCH_SHIFTS)
    open_slowly(page, in_language("/chat/rooms/1", language))
    expect(page.locator("[data-mode=live]")).to_be_attached()
    visit_as("claire").goto("/chat/rooms/1")
    expect(page.locator("[data-part=here]")).to_be_visible()
    until_drawn(page)
    assert shifts_of(page) == []

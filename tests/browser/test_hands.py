"""By keyboard alone, and on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MEMBERS, PASSWORD, SEND


def tab_to(page, selector, most=80):
    """Presses Tab until the wanted element has the focus; each stop on the way must be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || isSeen(document.activeElement)")
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
    raise AssertionError(f"{most} times Tab does not reach {selector}")


IS_SEEN = """
window.isSeen = (e) => {
  const look = getComputedStyle(e), box = e.getBoundingClientRect()
  const isMarked = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 || look.boxShadow !== "none"
  return isMarked && box.width > 0 && box.height > 0
}
"""


def test_sign_in_open_a_topic_and_reply_by_keyboard(page):
    page.add_init_script(IS_SEEN)
    page.goto("/sign-in?lang=en")
    tab_to(page, "[name=email]")
    page.keyboard.type(MEMBERS["claire"])
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    page.goto("/forums/reception")
    tab_to(page, "a[href^='/topics/11']")
    page.keyboard.press("Enter")
    expect(page.locator(".posts")).to_be_visible()
    tab_to(page, "[name=text]")
    page.keyboard.type("Written without a mouse.")
    tab_to(page, f"form[action$='/posts'] button{SEND}")
    page.keyboard.press("Enter")
    expect(page.locator(".post").last).to_contain_text("Written without a mouse.")


def test_register_by_keyboard(visit_as):
    page = visit_as("coordinator")
    page.add_init_script(IS_SEEN)
    page.goto("/workshops?lang=en")
    tab_to(page, "a[href='/workshops/1']")
    page.keyboard.press("Enter")
    expect(page.locator("#registration")).to_be_visible()
    page = visit_as("lieve")
    page.add_init_script(IS_SEEN)
    page.goto("/workshops/1?lang=en")
    tab_to(page, "#registration [name=mode]")
    page.keyboard.press("Space")
    tab_to(page, "#registration button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#registration .notice--success, #registration .notice--warning")).to_be_visible()


def test_the_first_press_of_tab_offers_the_way_to_the_content(page):
    page.goto("/?lang=en")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("path", ["/topics/11", "/workshops/1"])
def test_paper_shows_the_content_and_nothing_to_press(visit_as, path):
    page = visit_as("claire")
    page.goto(path)
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for selector in (
        ".masthead",
        ".main-nav",
        ".footer",
        ".breadcrumb",
        ".skip-link",
        "main button",
        "main textarea",
    ):
        for part in page.locator(selector).all():
            expect(part, selector).to_be_hidden()


def test_a_host_city_brings_its_time_zone_until_somebody_chooses_another(visit_as):
    page = visit_as("organiser")
    page.goto("/workshops/new")
    host, zone, said = (page.locator(s) for s in ("#host_city_id", "#timezone", "[data-zone-proposed]"))
    expect(page.locator("#host_city_id[data-alive~=host-zone]")).to_be_attached()

    for city, its_zone in (("Accra", "Africa/Accra"), ("Athens", "Europe/Athens")):
        host.select_option(label=city)
        expect(zone).to_have_value(its_zone)
        expect(said).not_to_be_empty()

    zone.select_option("UTC")
    expect(said).to_be_empty()
    host.select_option(label="Accra")
    expect(zone).to_have_value("UTC")

"""The map and the register as hands use them."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_weight import Weight
from tests.browser.waiting import hold, until, until_at_work

MAP = 90_000
"""Bytes on the wire of all that the map brings."""
FORM = "/cities/vienna/self-assessment"


def open_map(page, address="/cities?lang=en"):
    page.goto(address)
    page.locator("[data-open]").click()
    expect(page.locator(".city-pin__link").first).to_be_attached()
    return page.locator(".city-pin__link")


def test_the_map_comes_after_a_press_light_and_from_here_alone(visit, live_server):
    page = visit()
    weight, asked = Weight(page), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/cities?lang=en")
    until_at_work(page)
    assert not [url for url in asked if "leaflet" in url or "110m" in url]
    weight.reset()

    page.locator("[data-open]").click()
    expect(page.locator(".city-pin__link")).to_have_count(48)
    assert until(page, weight.is_whole)

    assert weight.total <= MAP, weight.parts
    assert [url for url in asked if not url.startswith(live_server.base_url)] == []
    assert page.locator(".city-map__land").count() == 1


def test_the_map_shows_what_the_list_shows(visit):
    page = visit()
    pins = open_map(page, "/cities?lang=en&region=africa&kind=recent")

    listed = page.locator(".city-tile").evaluate_all("all => all.map((one) => one.pathname)")
    marked = pins.evaluate_all("all => all.map((one) => one.pathname)")
    assert sorted(marked) == sorted(listed)
    assert len(listed) > 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_city_is_reached_and_opened_by_keys(visit, language):
    page = visit(width=390, reduced_motion="reduce", color_scheme="dark")
    pins = open_map(page, f"/cities?lang={language}&region=europe")
    pins.nth(2).focus()
    page.keyboard.press("Tab")

    expect(pins.nth(3)).to_be_focused()
    name = pins.nth(3).locator("bdi")
    expect(name).to_have_css("opacity", "1")
    box, area = pins.nth(3).bounding_box(), page.locator("[data-area]").bounding_box()
    assert area["x"] <= box["x"] <= area["x"] + area["width"]
    wanted = pins.nth(3).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_where_the_map_cannot_come_the_list_says_the_same(visit):
    page = visit()
    page.route("**/countries-110m.json", lambda route: route.abort())
    page.goto("/cities?lang=en")
    page.locator("[data-open]").click()

    expect(page.locator("[data-failed]")).to_be_visible()
    page.unroute("**/countries-110m.json")
    page.locator("[data-open]").click()
    expect(page.locator(".city-pin__link")).to_have_count(48)


def test_without_scripts_there_is_no_button_that_does_nothing(visit):
    page = visit(java_script_enabled=False)
    page.goto("/cities?lang=en")

    expect(page.locator("[data-open]")).to_be_hidden()
    expect(page.locator(".city-tile")).to_have_count(48)


@pytest.mark.parametrize("typed", ["日内瓦", "جنيف", "Genev"])
def test_places_come_while_one_types(visit, typed):
    page = visit()
    page.goto("/cities/places?lang=en")
    page.locator("[name=place_text]").press_sequentially(typed, delay=30)
    page.locator("[name=geonameid][value='2660646']").check()
    page.locator("main form > button").click()

    expect(page.locator("#chosen")).to_contain_text("Switzerland")
    expect(page.locator("#chosen a[href='/cities/geneva']")).to_be_visible()


def test_what_was_typed_before_the_page_was_ready_is_heard(visit):
    page = visit()
    go_on = hold(page, "**/htmx.min.js")
    page.goto("/cities/places?lang=en", wait_until="domcontentloaded")
    page.locator("[name=place_text]").press_sequentially("Genev")
    go_on()

    expect(page.locator("[name=geonameid][value='2660646']")).to_be_visible()


def test_a_self_assessment_is_saved_looked_at_and_published_without_scripts(visit_as):
    page = visit_as("konrad", java_script_enabled=False)
    page.goto(f"{FORM}?lang=en")
    page.locator("[name='now-housing'][value='5']").check(force=True)
    page.locator("[name='now-finance'][value='1']").check(force=True)
    page.locator("[name='target-finance'][value='3']").check(force=True)
    page.locator("button[name=save]").click()
    expect(page.locator("[name='now-housing'][value='5']")).to_be_checked()
    page.locator("button[name=look]").click()
    expect(page.locator("#offers")).to_contain_text("Housing and homelessness")
    expect(page.locator("#needs")).to_contain_text("Municipal finance")
    page.locator("form[action$='/publish'] button").click()

    page.wait_for_url("**/cities/vienna")
    expect(page.locator("#offers")).to_contain_text("Housing and homelessness")
    expect(page.locator("#needs")).to_contain_text("Municipal finance")

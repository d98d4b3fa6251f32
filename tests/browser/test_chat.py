"""Chat where the network is poor: what is said arrives once, in order, whatever the way."""

import json

import pytest
from playwright.sync_api import expect

from tests.services import Nginx

ROOM = "/chat/rooms/2"


def open_room(page, mode="live", address=ROOM):
    page.goto(address)
    expect(page.locator(f"[data-mode={mode}]")).to_be_attached()
    return page


def say(page, *words):
    for text in words:
        page.fill(".composer textarea", text)
        page.keyboard.press("Enter")


def expect_once(page, words):
    expect(page.locator(".message", has_text=words)).to_have_count(1)


def numbers(page):
    return [
        int(n)
        for n in page.locator(".message[data-number]").evaluate_all("all => all.map((e) => e.dataset.number)")
        if n
    ]


@pytest.fixture
def firewall(live_server):
    """A proxy that lets no WebSocket pass: it leaves out the Upgrade header, as many firewalls do."""
    way = f"proxy_pass {live_server.base_url}; proxy_set_header Host {live_server.base_url.split('//')[1]};"
    with Nginx(
        f"server {{ listen 127.0.0.1:{{port}}; proxy_buffering off; location / {{ {way} }} }}"
    ) as nginx:
        yield nginx


@pytest.mark.needs("nginx")
def test_a_firewall_that_blocks_websocket_leaves_long_polling(
    visit_as, chromium, signed_in, firewall, live_server
):
    claire = open_room(visit_as("claire"))
    cookies = json.loads(json.dumps(signed_in("nour")))
    profile = chromium.new_context(base_url=firewall.base_url, storage_state=cookies)
    # The origin stands as the server knows it: only the transport is what this firewall changes.
    profile.route(
        "**/*",
        lambda route: route.continue_(headers={**route.request.headers, **own_origin(live_server, route)}),
    )
    nour = open_room(profile.new_page(), "polling")
    say(nour, "through the firewall")
    expect_once(claire, "through the firewall")
    say(claire, "heard behind it")
    expect_once(nour, "heard behind it")
    profile.close()


def own_origin(server, route):
    return {"origin": server.base_url} if "origin" in route.request.headers else {}


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
    nour.locator(".composer textarea").focus()
    nour.context.set_offline(True)
    expect(nour.locator(".room")).not_to_have_attribute("data-mode", "live", timeout=40_000)
    say(nour, "cut one", "cut two", "cut three")
    say(claire, "meanwhile one", "meanwhile two")
    expect_once(claire, "meanwhile two")
    nour.context.set_offline(False)
    expect(nour.locator(".room")).to_have_attribute("data-mode", "live", timeout=30_000)
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

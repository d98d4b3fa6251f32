"""Whatever stands between, the same history arrives: everything, once, in the room's order; and coming back is quick."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import begin_to_write, say
from tests.browser.networks import WebProxy, nginx_without_upgrade
from tests.browser.test_chat import numbers, open_room
from tests.patience import wait_until

ROOM = "/chat/rooms/2"
MEMORY = "sessionStorage['live-line-begins-by'] ?? 'websocket'"
WORDS = [f"words {n}." for n in range(3)]


def remembered(page):
    return page.evaluate(MEMORY)


def history(page):
    return page.locator(".message[data-number] .message__text").all_inner_texts()


@pytest.fixture
def networks(live_server):
    """{name: the settings of a browser behind it}"""
    with ExitStack() as stack:
        proxies = {
            "open": None,
            "refuse": stack.enter_context(WebProxy("refuse")),
            "swallow": stack.enter_context(WebProxy("swallow")),
            "hang": stack.enter_context(WebProxy("hang")),
            "shut": stack.enter_context(WebProxy("shut")),
            "cut": stack.enter_context(WebProxy("refuse", cut_after=2)),
        }
        nginx = stack.enter_context(nginx_without_upgrade(live_server))
        settings = {name: proxy.settings if proxy else {} for name, proxy in proxies.items()}
        yield settings | {"nginx": {"base_url": nginx.base_url}}, proxies["cut"]


def wait_for_a_cut(proxy):
    """The room is silent now, so a poll waits longer than the proxy grants."""
    before = proxy.cuts
    assert wait_until(lambda: proxy.cuts > before), "the cutting proxy cut nothing"


@pytest.mark.needs("nginx")
def test_the_same_history_arrives_through_every_network(visit_as, networks):
    settings, cutting = networks
    pages = {name: visit_as("claire", **one) for name, one in settings.items()}
    for page in pages.values():
        page.goto(ROOM)
        begin_to_write(page)
    # All at once: some networks let a browser wait for long before it turns to polling.
    for name, page in pages.items():
        if name != "cut":
            expect(page.locator(f"[data-mode={'live' if name == 'open' else 'polling'}]")).to_be_attached()
    for words in WORDS:
        wait_for_a_cut(cutting)
        for name, page in pages.items():
            say(page, f"{name} {words}")

    spoken = {f"{name} {words}" for name in pages for words in WORDS}
    for name, page in pages.items():
        for words in spoken:
            expect(page.get_by_text(words, exact=True), f"{words} through {name}").to_have_count(1)
        expect(page.locator(".message--waiting, .message--failed")).to_have_count(0)
        assert numbers(page) == sorted(set(numbers(page)))
        own = [words for words in history(page) if words in spoken and words.startswith(f"{name} ")]
        assert own == [f"{name} {words}" for words in WORDS], "each speaker's words in their order"
    assert all(history(page) == history(pages["open"]) for page in pages.values())


@pytest.mark.parametrize("tunnels", ["refuse", "swallow", "hang", "shut"])
def test_a_network_that_spoils_websocket_is_remembered_until_it_changes(visit_as, tunnels):
    with WebProxy(tunnels) as proxy:
        page = visit_as("claire", **proxy.settings)
        page.goto(ROOM)
        expect(page.locator("[data-mode=polling]")).to_be_attached()
        assert remembered(page) == "polling"

        begun_by = []
        page.on("websocket", lambda _: begun_by.append("websocket"))
        page.on("request", lambda asked: "transport=polling" in asked.url and begun_by.append("polling"))
        page.reload()
        expect(page.locator("[data-mode=polling]")).to_be_attached()
        assert begun_by[0] == "polling", "the second time nothing is waited for"


def test_a_line_that_became_a_websocket_begins_as_one_again(visit_as):
    page = visit_as("claire")
    page.goto("/robots.txt")  # where no bell rings
    page.evaluate("sessionStorage['live-line-begins-by'] = 'polling'")
    with page.expect_request("**/socket.io/**transport=polling**"):
        open_room(page, address=ROOM)
    assert remembered(page) == "websocket"
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_room(page, address=ROOM)
    assert not any("/socket.io/" in url for url in asked), "no request but the WebSocket itself"

"""Light enough for a slow line: at most 60 KB and 12 requests cold, 25 KB warm, as they travel.

A member's page that stands for three seconds fetches beside that what lets its bell ring, once for a release: 20 KB, and 2 KB warm.
"""

from contextlib import nullcontext

import pytest

from tests.browser.pages import in_language
from tests.browser.waiting import entering, until, until_at_work

COLD, WARM, REQUESTS = 60_000, 25_000, 12
BELL_COLD, BELL_WARM, BELL_REQUESTS = 20_000, 2_000, 4
CORE = [
    ("visitor", "/"),
    ("visitor", "/sign-in"),
    ("visitor", "/cities"),
    ("visitor", "/topics/3"),
    ("claire", "/"),
    ("claire", "/forums"),
    ("claire", "/topics"),
    ("claire", "/topics/11"),
    ("claire", "/forums/reception/new"),
    ("claire", "/ask"),
    ("claire", "/workshops"),
    ("claire", "/workshops/1"),
    ("claire", "/visits"),
    ("claire", "/visits/1"),
    ("claire", "/visits/1/apply"),
    ("claire", "/chat"),
    ("claire", "/chat/rooms/1"),
    ("claire", "/cities/sfax"),
    ("claire", "/settings"),
]


class Weight:
    """Counts what a page fetches, in bytes on the wire. Each request of the live line counts: a WebSocket is one."""

    def __init__(self, page):
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", self.begin)
        line.on("Network.loadingFinished", self.finish)
        line.on("Network.responseReceived", self.receive)
        line.on("Network.webSocketCreated", self.open)
        line.on("Network.webSocketHandshakeResponseReceived", self.shake_hands)
        line.on("Network.webSocketFrameReceived", self.hear)
        self.reset()

    def reset(self):
        self.urls, self.sizes = {}, {}

    def begin(self, message):
        self.urls[message["requestId"]] = message["request"]["url"]

    def open(self, message):
        self.urls[message["requestId"]] = message["url"]

    def shake_hands(self, message):
        self.sizes[message["requestId"]] = len(message["response"].get("headersText", ""))

    def hear(self, message):
        self.sizes[message["requestId"]] = (
            self.sizes.get(message["requestId"], 0) + len(message["response"]["payloadData"]) + 4
        )

    def receive(self, message):
        if message["response"].get("fromDiskCache"):
            self.urls.pop(message["requestId"], None)

    def finish(self, message):
        self.sizes[message["requestId"]] = message["encodedDataLength"]

    def is_whole(self):
        """Of all that was asked for the size is known."""
        return bool(self.urls) and self.urls.keys() <= self.sizes.keys()

    @property
    def parts(self):
        return {url: self.sizes.get(request, 0) for request, url in self.urls.items()}

    @property
    def total(self):
        return sum(self.parts.values())


LIVE = {"/topics/11", "/chat/rooms/1"}


def settle(page, path, weight, is_ringing):
    """Until nothing is fetched any more, and the live line has had its first answer where there is one."""
    with entering(page) if path in LIVE else nullcontext():
        page.goto(in_language(path, "en"))
    until_at_work(page)
    assert until(page, lambda: lines_of(weight) >= is_ringing and weight.is_whole()), weight.parts


def lines_of(weight):
    return sum("/socket.io/" in url for url in weight.urls.values())


def apart(weight, path):
    """What the page fetched, and what its bell did once it stood, each {url: bytes}."""
    of_bell = ["one-line.js"] if path in LIVE else ["one-line.js", "/lib/socket.js", "socket.io"]
    bell = {url: size for url, size in weight.parts.items() if any(name in url for name in of_bell)}
    return {url: size for url, size in weight.parts.items() if url not in bell}, bell


@pytest.mark.parametrize(("member", "path"), CORE)
def test_a_core_page_is_light(visit_as, member, path):
    page, is_members = visit_as(member, width=390), member != "visitor"
    weight = Weight(page)
    settle(page, path, weight, is_members)
    own, bell = apart(weight, path)
    assert own
    assert lines_of(weight) == is_members, weight.parts
    assert sum(own.values()) <= COLD and len(own) <= REQUESTS, own
    assert sum(bell.values()) <= BELL_COLD and len(bell) <= BELL_REQUESTS, bell
    weight.reset()
    settle(page, path, weight, is_members)
    own, bell = apart(weight, path)
    assert sum(own.values()) <= WARM, own
    assert sum(bell.values()) <= BELL_WARM, bell

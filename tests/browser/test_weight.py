"""Light enough for a slow line: at most 60 KB and 12 requests cold, 25 KB warm, as they travel."""

import pytest

from tests.browser.pages import in_language

COLD, WARM, REQUESTS = 60_000, 25_000, 12
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
    """Counts what a page fetches, in bytes on the wire. The live line itself is talk, not a load."""

    def __init__(self, page):
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", self.begin)
        line.on("Network.loadingFinished", self.finish)
        line.on("Network.responseReceived", self.receive)
        self.reset()

    def reset(self):
        self.urls, self.sizes = {}, {}

    def begin(self, facts):
        if "/socket.io/" not in facts["request"]["url"]:
            self.urls[facts["requestId"]] = facts["request"]["url"]

    def receive(self, facts):
        if facts["response"].get("fromDiskCache"):
            self.urls.pop(facts["requestId"], None)

    def finish(self, facts):
        self.sizes[facts["requestId"]] = facts["encodedDataLength"]

    @property
    def parts(self):
        return {url: self.sizes.get(request, 0) for request, url in self.urls.items()}

    @property
    def total(self):
        return sum(self.parts.values())


@pytest.mark.parametrize(("member", "path"), CORE)
def test_a_core_page_is_light(visit_as, member, path):
    page = visit_as(member, width=390)
    weight = Weight(page)
    page.goto(in_language(path, "en"), wait_until="networkidle")
    assert weight.parts
    assert weight.total <= COLD, weight.parts
    assert len(weight.parts) <= REQUESTS, weight.parts
    weight.reset()
    page.goto(in_language(path, "en"), wait_until="networkidle")
    assert weight.total <= WARM, weight.parts

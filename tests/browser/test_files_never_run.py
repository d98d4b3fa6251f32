"""Nothing that lies in a file ever runs on our address (abuse case 31), in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.uploading import HTML, SCRIPT, choose, open_form
from tests.files.factories import PDF, picture

POLYGLOTS = {
    "a picture with a page behind it": (picture() + HTML, "plan.html.png"),
    "words with a script among them": (b"window.__x = 1 // " + SCRIPT, "notes.html"),
    "a table that is a script": (b"window.__x = 1", "table.csv"),
    "a document with a page inside": (PDF + HTML, "report.html.pdf"),
}


@pytest.fixture
def form(visit_as):
    return open_form(visit_as)


def sent(form, content, name):
    choose(form, content, name)
    expect(form.locator(".upload-sent")).to_be_visible()
    return re.search(r"\((/files/\d+/[^)]+)\)", form.locator("[name=text]").input_value())[1]


# Each road tells its end, but for <embed>, which is silent about what it does not know: it sets out first.
ROADS = """async (address) => {
  const grown = (name, facts) => new Promise((done) => {
    const element = Object.assign(document.createElement(name), facts)
    element.onload = element.onerror = done
    document.body.append(element)
  })
  grown("embed", { src: address })
  await Promise.all([
    grown("script", { src: address }), grown("script", { src: address, type: "module" }), grown("iframe", { src: address }),
    grown("object", { data: address }), import(address).catch(() => null),
    navigator.serviceWorker?.register(address).catch(() => null),
  ])
  const workers = await navigator.serviceWorker?.getRegistrations() ?? []
  return [window.__x ?? null, document.documentElement.dataset.ran ?? null, workers.length]
}"""


@pytest.mark.parametrize("kind", POLYGLOTS)
def test_what_lies_in_a_file_never_runs_on_our_address(form, kind):
    address = sent(form, *POLYGLOTS[kind])
    page = form.context.new_page()
    page.goto("/cities")

    assert page.evaluate(ROADS, address) == [None, None, 0]
    for query in ("", "?size=small"):
        with page.expect_download() as download:
            page.evaluate("a => { location.href = a }", address + query)
        assert HTML not in download.value.path().read_bytes() or "picture" not in kind
    assert page.url.endswith("/cities")
    assert page.evaluate("window.__x ?? null") is None


def test_a_picture_is_shown_in_a_page_although_its_address_is_a_download(form):
    address = sent(form, picture(), "plan.png")
    drawn = form.evaluate(
        """a => new Promise((done, failed) => {
          const image = new Image()
          image.onload = () => done([image.naturalWidth, image.naturalHeight]); image.onerror = failed; image.src = a
        })""",
        address,
    )
    assert drawn == [40, 30]


def test_the_roads_would_run_what_is_a_script(form):
    """The check itself can fail: a script of ours, by the same roads, does run."""
    form.route(
        "**/probe.js", lambda route: route.fulfill(body="window.__x = 1", content_type="text/javascript")
    )
    assert form.evaluate(ROADS, "/probe.js")[0] == 1

import gzip

import brotli
import pytest
from flask import Flask, make_response

from cityexchange.core import compression

pytestmark = pytest.mark.no_app
PAGE = "<p>words that come again and again</p>" * 100


@pytest.fixture
def browser():
    app = Flask(__name__)
    compression.init_app(app)

    @app.get("/<kind>")
    def show(kind):
        response = make_response({"page": PAGE, "short": "<p>short</p>", "image": PAGE}[kind])
        response.mimetype = "image/png" if kind == "image" else "text/html"
        response.set_etag("one")
        return response

    return app.test_client()


@pytest.mark.parametrize(
    "accepted,encoding,decode",
    [
        ("gzip, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0.1, gzip", "gzip", gzip.decompress),
    ],
)
def test_a_page_leaves_in_the_encoding_that_the_browser_likes_best(browser, accepted, encoding, decode):
    answer = browser.get("/page", headers={"Accept-Encoding": accepted})
    assert answer.headers["Content-Encoding"] == encoding
    assert decode(answer.data).decode() == PAGE
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(PAGE) / 5


def test_whoever_accepts_nothing_gets_the_page_as_it_is_and_caches_are_told(browser):
    answer = browser.get("/page")
    assert answer.text == PAGE and "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["ETag"] == '"one"'


def test_other_bytes_of_the_same_page_carry_a_weak_tag(browser):
    assert browser.get("/page", headers={"Accept-Encoding": "br"}).headers["ETag"] == 'W/"one"'


@pytest.mark.parametrize("path", ["/short", "/image"])
def test_what_would_not_shrink_is_left_alone(browser, path):
    assert "Content-Encoding" not in browser.get(path, headers={"Accept-Encoding": "br"}).headers


def test_a_foreign_site_learns_nothing_from_the_length_of_a_members_page(browser):
    foreign = {"Accept-Encoding": "br", "Sec-Fetch-Site": "cross-site"}
    assert (
        browser.get("/page", headers=foreign).headers["Content-Encoding"] == "br"
    )  # a visitor has no secrets
    browser.set_cookie("session", "of a member")
    assert "Content-Encoding" not in browser.get("/page", headers=foreign).headers
    own = foreign | {"Sec-Fetch-Site": "same-origin"}
    assert browser.get("/page", headers=own).headers["Content-Encoding"] == "br"

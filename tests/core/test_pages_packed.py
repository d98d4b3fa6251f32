"""A visitor's page is kept packed and leaves as the browser takes it: other bytes, the same words."""

import gzip

import brotli
import pytest

from cityexchange.core.pages import pages
from tests.factories import SpaceFactory
from tests.forums.factories import ForumFactory, start_topic

DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
ACCEPTED = [
    ("br", "br"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip", "gzip"),
    ("gzip;q=1, br;q=0.5", "gzip"),
    ("*", "br"),
    (None, None),
    ("", None),
    ("identity;q=1, *;q=0", None),
    ("br;q=0, gzip;q=0", None),
    ("zstd", None),
]


@pytest.fixture
def ask(app):
    topic = start_topic(
        ForumFactory(space=SpaceFactory(confidentiality="public")), text="Words of ours. " * 200
    )
    path = f"/topics/{topic.id}"
    pages.texts.clear()

    def ask(accepted, **headers):
        if accepted is not None:
            headers["Accept-Encoding"] = accepted
        return app.test_client().get(path, headers=headers)

    return ask


@pytest.fixture
def plain(ask):
    return ask(None)


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED)
def test_it_leaves_in_what_the_browser_takes_and_says_the_same(ask, plain, accepted, encoding):
    answer = ask(accepted)

    assert len(pages.texts) == 1
    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, encoding)
    assert DECODE[encoding](answer.data) == plain.data
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Accept-Encoding" in answer.vary


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED)
def test_its_tag_is_strong_where_the_bytes_are_its_own(ask, plain, accepted, encoding):
    tag, is_weak = ask(accepted).get_etag()

    assert tag == plain.get_etag()[0]
    assert is_weak == (encoding is not None)


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED)
def test_who_has_it_already_hears_only_that(ask, plain, accepted, encoding):
    had = ask(accepted)
    tags = [had.headers["ETag"], plain.headers["ETag"], f'"other", {had.headers["ETag"]}', "*"]
    answers = [ask(accepted, **{"If-None-Match": tag}) for tag in tags]
    pages.texts.clear()
    answers.append(ask(accepted, **{"If-None-Match": had.headers["ETag"]}))

    for answer in answers:
        assert (answer.status_code, answer.data) == (304, b"")
        assert "Content-Encoding" not in answer.headers and "Content-Length" not in answer.headers
        assert answer.headers["ETag"] == had.headers["ETag"]
        assert "Accept-Encoding" in answer.vary
    assert ask(accepted, **{"If-None-Match": '"other"'}).status_code == 200

"""A form has a few hundred fields at most: one of a hundred thousand is refused before it is taken apart, however it is sent."""

from urllib.parse import urlencode

import pytest
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from tests.calls import calls_of
from tests.core.test_kept import OURS, given_back, in_parts
from tests.forums.factories import start_topic

MOST = 2000
WAYS = {
    "in pairs": lambda fields: {
        "data": urlencode(fields),
        "content_type": "application/x-www-form-urlencoded",
    },
    "in parts": lambda fields: {
        "data": b"".join(in_parts(fields)),
        "content_type": "multipart/form-data; boundary=x",
    },
}


def themes(count):
    return [("themes", "x")] * count


def sent(browser, topic, way, fields):
    return browser.post(f"/topics/{topic.id}/posts", headers=OURS, **WAYS[way](fields))


@pytest.fixture
def topic():
    return start_topic()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("count", "status"), [(10, 303), (MOST - 1, 303), (MOST, 413), (5 * MOST, 413), (50 * MOST, 413)]
)
def test_more_fields_than_any_form_has_are_too_much(sign_in, topic, way, count, status):
    page = sent(sign_in(topic.author), topic, way, [("text", "Merci"), *themes(count)])

    assert page.status_code == status
    assert status != 413 or "That is too big" in page.text


@pytest.mark.parametrize("way", WAYS)
def test_a_visitor_too_is_told_so_and_not_that_the_form_is_empty(visitor, way):
    page = visitor.post("/sign-in", headers=OURS, **WAYS[way]([("email", "a@b.example"), *themes(9_000)]))
    assert page.status_code == 413


def test_what_was_typed_comes_back(sign_in, topic):
    page = sent(sign_in(topic.author), topic, "in pairs", [("text", "谢谢 & merci"), *themes(9_000)])
    assert given_back(page) == ["谢谢 & merci"]


def test_to_refuse_more_of_them_takes_no_more_work(app):
    few, many = (calls_to_refuse(app, WAYS["in pairs"](themes(count))) for count in (3_000, 300_000))
    assert many - few < 1_000


def calls_to_refuse(app, body):
    def read():
        for _again in range(2):
            with pytest.raises(RequestEntityTooLarge):
                assert request.form

    with app.test_request_context("/", method="POST", **body):
        return calls_of(read)

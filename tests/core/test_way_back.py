"""Who has to sign in first comes back to where they were."""

import re

import pytest

from tests.core.test_kept import OURS, topic  # noqa: F401  # a fixture


def test_the_way_back_from_signing_in_is_a_page_of_ours_that_can_be_opened(visitor, topic):  # noqa: F811
    def way_on(page_before):
        headers = OURS | {"Referer": page_before}
        page = visitor.post(f"/topics/{topic.id}/close", data={"text": "x"}, headers=headers)
        assert page.status_code == 401
        return re.search(r'class="button button--primary" href="/sign-in([^"]*)"', page.text)[1]

    assert way_on(f"http://localhost/topics/{topic.id}?page=2") == f"?next=/topics/{topic.id}?page%3D2"
    assert way_on("https://evil.example/topics/1") == ""
    assert way_on("http://localhost/sign-out") == ""
    assert way_on("http://localhost//evil.example") == ""


@pytest.mark.parametrize("headers", [OURS, OURS | {"HX-Request": "true"}], ids=["a form", "a script"])
@pytest.mark.parametrize(
    "referer",
    [None, "https://evil.example/topics/1", "http://localhost/sign-out"],
    ids=["none", "foreign", "no page"],
)
def test_without_a_page_before_one_comes_back_to_the_address_itself_where_it_is_a_page(
    visitor, headers, referer
):
    sent = {name: value for name, value in (headers | {"Referer": referer}).items() if value}
    page = visitor.post("/settings?part=2", data={"name": "x"}, headers=sent)

    assert page.status_code == 401 and "Sign in to go on" in page.text
    assert 'href="/sign-in?next=/settings?part%3D2"' in page.text


def test_a_script_is_led_to_the_page_that_it_stood_on(visitor, topic):  # noqa: F811
    headers = OURS | {"HX-Request": "true", "Referer": f"http://localhost/topics/{topic.id}"}
    page = visitor.post(f"/topics/{topic.id}/posts", data={"text": "x"}, headers=headers)
    assert f'href="/sign-in?next=/topics/{topic.id}"' in page.text

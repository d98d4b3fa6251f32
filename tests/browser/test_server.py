"""The real server as `make run` starts it, seen from a real browser."""

import pytest

from tests.browser.waiting import until_at_work
from tests.prepared import community, database_with
from tests.services import LiveServer


def test_the_first_page_stands_and_the_browser_has_nothing_to_complain_about(page):
    complaints = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    answer = page.goto("/")
    until_at_work(page)
    assert answer.status == 200
    assert not complaints


def test_no_request_leaves_for_another_site(page, live_server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    until_at_work(page)
    assert asked
    assert [url for url in asked if not url.startswith((live_server.base_url, "data:"))] == []


@pytest.mark.no_app
def test_what_was_saved_is_there_after_a_kill(chromium, tmp_path):
    server = LiveServer(tmp_path, database_with(community, "killed", tmp_path))
    with server:
        before = cities(chromium, server)
        server.kill()
        server.start()
        assert before
        assert cities(chromium, server) == before


def cities(chromium, server):
    page = chromium.new_page(base_url=server.base_url)
    page.goto("/cities")
    found = page.get_by_role("main").inner_text()
    page.close()
    return found

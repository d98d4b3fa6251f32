"""As test_app_walls.py, for the walls between addresses and the papers that list them."""

import pytest
from flask import Flask

from cityexchange.core.once import once
from cityexchange.core.web import public
from tests.architecture import route_walls

pytestmark = pytest.mark.no_app
PATHS = ["/topics/3?page=2", "/about"]
EXCUSED = {"static": "files", "forums.show_post": "leads to a topic"}
CONTRACT = """
| `/about`, `/topics/<id>?page=N` | pages |
| `/topics/<id>/close` (POST) | closing |
| `/search?q=` | search: from a later release |
"""


@pytest.fixture
def app():
    app = Flask("sample")
    app.add_url_rule("/about", "home.about", public(lambda: ""))
    app.add_url_rule("/topics/<int:id>", "forums.show_topic", public(lambda id: ""))
    app.add_url_rule("/posts/<int:id>", "forums.show_post", lambda id: "")
    app.add_url_rule("/topics/<int:id>/close", "forums.close_topic", lambda id: "", methods=["POST"])
    return app


def test_pages_that_are_walked_or_excused_pass(app):
    assert not list(route_walls.pages_nobody_walks(app, PATHS, EXCUSED))


@pytest.mark.parametrize(
    ("paths", "excused", "named"),
    [
        (PATHS[:1], EXCUSED, "home.about"),
        (PATHS, {"static": "files"}, "forums.show_post"),
        ([*PATHS, "/posts/1"], EXCUSED, "forums.show_post"),
        ([*PATHS, "/gone"], EXCUSED, "/gone"),
        ([*PATHS, "/topics/1/close"], EXCUSED, "/topics/1/close"),
        (PATHS, {**EXCUSED, "forums.gone": "was a part"}, "forums.gone"),
    ],
)
def test_a_page_that_nobody_walks_and_what_stands_there_for_nothing_is_seen(app, paths, excused, named):
    (complaint,) = route_walls.pages_nobody_walks(app, paths, excused)
    assert named in complaint


def test_a_contract_that_tells_what_is_passes(app):
    assert not list(route_walls.contract_told_otherwise(app, CONTRACT, {"static": "files"}))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("`/about`, ", "", "/about"),
        ("`/about`", "`/about`, `/gone`", "/gone"),
        ("/close`", "/shut`", "/topics/<id>/shut"),
        ("`/search?q=`", "`/posts/<id>`", "/posts/<id>"),
    ],
)
def test_a_contract_that_tells_otherwise_is_seen(app, old, new, named):
    (complaint,) = route_walls.contract_told_otherwise(app, CONTRACT.replace(old, new), {"static": "files"})
    assert named in complaint


@pytest.mark.parametrize("endpoint", ["home.about", "forums.show_post", "forums.gone"])
def test_an_excuse_that_the_contract_does_not_need_is_seen(app, endpoint):
    (complaint,) = route_walls.contract_told_otherwise(app, CONTRACT, {"static": "files", endpoint: "why"})
    assert endpoint in complaint


@pytest.mark.parametrize(
    ("view", "excused", "named"),
    [
        (lambda: "", {}, "rooms.create_room"),
        (once(lambda: ""), {"rooms.create_room": "one for a member"}, "rooms.create_room"),
        (once(lambda: ""), {"rooms.create_gone": "was one"}, "rooms.create_gone"),
    ],
)
def test_a_form_that_is_taken_twice_and_what_is_excused_for_nothing_is_seen(app, view, excused, named):
    app.add_url_rule("/rooms", "rooms.create_room", view, methods=["POST"])
    (complaint,) = route_walls.forms_taken_twice(app, excused)
    assert named in complaint


def test_a_form_that_is_taken_once_or_excused_passes(app):
    app.add_url_rule("/rooms", "rooms.create_room", once(lambda: ""), methods=["POST"])
    app.add_url_rule("/files", "files.create_file", lambda: "", methods=["POST"])
    assert not list(route_walls.forms_taken_twice(app, {"files.create_file": "swept"}))

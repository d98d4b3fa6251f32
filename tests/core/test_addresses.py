"""Templates are told the router's own addresses, whatever is asked for."""

import pytest
from flask import Flask

from cityexchange.core import templates

pytestmark = pytest.mark.no_app

ASKED = [
    ("start", {}),
    ("posts.show", {"id": 7}),
    ("posts.show", {"id": 10_001}),
    ("posts.show", {"id": "7"}),
    ("posts.show", {"id": 7, "_anchor": "n7"}),
    ("posts.show", {"id": 7, "page": 2, "_anchor": "n21"}),
    ("posts.show", {"id": 7, "page": None}),
    ("posts.show", {"id": 7, "page": True}),
    ("posts.show", {"id": 7, "next": "/posts/7?page=2"}),
    ("posts.show", {"id": 7, "next": "100%"}),
    ("posts.show", {"id": 7, "themes": ["work", "housing"]}),
    ("posts.show", {"id": 7, "_external": True}),
    ("posts.show", {"id": 7, "_scheme": "https"}),
    ("posts.show", {"id": 7, "a)%(b": 1}),
    ("posts.list", {}),
    ("posts.list", {"kind": "question"}),
    ("cities.show", {"slug": "lyon"}),
    ("cities.show", {"slug": "são paulo/2"}),
    ("cities.percent", {"slug": "lyon"}),
    ("cities.file", {"number": 3, "name": "a.pdf"}),
    ("cities.padded", {"number": 3}),
    (".show", {"slug": "lyon"}),
]


def app_with_rules():
    app = Flask("sample")
    for rule, endpoint in (
        ("/", "start"),
        ("/posts/<int:id>", "posts.show"),
        ("/posts", "posts.list"),
        ("/posts/of/<kind>", "posts.list"),
        ("/cities/<slug>", "cities.show"),
        ("/100%/10001/<slug>", "cities.percent"),
        ("/files/<name>/<int:number>", "cities.file"),
        ("/padded/<int(fixed_digits=4):number>", "cities.padded"),
    ):
        app.add_url_rule(rule, endpoint)
    templates.init_app(app)
    return app


@pytest.mark.parametrize(("endpoint", "values"), ASKED, ids=str)
@pytest.mark.parametrize("base", ["/", "/under/"], ids=["at the root", "below a path"])
def test_an_address_is_the_router_s(endpoint, values, base):
    app = app_with_rules()
    page = app.jinja_env.from_string("{{ url_for(endpoint, **values) | safe }}")
    for asked in (
        values,
        {name: value + 1 if type(value) is int else value for name, value in values.items()},
    ):
        with app.test_request_context("/cities/lyon", base_url=f"http://localhost{base}"):
            assert page.render(endpoint=endpoint, values=asked) == app.url_for(endpoint, **asked)


def test_one_template_serves_requests_below_different_paths_and_of_different_features():
    app = app_with_rules()
    app.add_url_rule("/visits/<slug>", "visits.show", lambda slug: "")
    page, seen = app.jinja_env.from_string("{{ url_for('.show', slug='lyon') }}"), []
    for path, base in (("/cities/a", "/"), ("/visits/a", "/"), ("/cities/a", "/under/")):
        with app.test_request_context(path, base_url=f"http://localhost{base}"):
            seen.append(page.render())
    assert seen == ["/cities/lyon", "/visits/lyon", "/under/cities/lyon"]

"""A page with every part of the design on it, drawn by the real templates, walked through by a real Chromium.

No server: the browser's requests are answered in this process, with the content policy that the house sends.
"""

import contextvars
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, jsonify, render_template, request
from flask_babel import Babel
from flask_wtf import CSRFProtect

from cityexchange.cities import paving
from cityexchange.core import assets, errors, i18n, pages, previews, templates
from cityexchange.core.headers import POLICY
from cityexchange.core.registries import MemberPage
from cityexchange.members import initials
from cityexchange.notifications.counting import Counted
from tests.browser.waiting import until_at_work
from tests.design.forms import Sample

ROOT = Path(__file__).parents[2]
HOUSE = "http://house.test"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENDPOINTS = {
    "home.show_start": "/start",
    "forums.index_forums": "/forums",
    "workshops.index_workshops": "/workshops",
    "visits.index_visits": "/visits",
    "chat.index_rooms": "/chat",
    "cities.index_cities": "/cities",
    "notifications.index_notifications": "/notifications",
    "members.show_member": "/members/<int:id>",
    "members.edit_settings": "/settings",
    "members.sign_in": "/sign-in",
    "members.sign_out": "/sign-out",
    "home.about": "/about",
}
MEMBER_PAGES = [
    MemberPage("members.show_member", "My page", "user", is_numbered=True),
    MemberPage("members.edit_settings", "My settings", "settings"),
]


def reading(html, language, **translation):
    context = {"is_translation": bool(translation), "is_outdated": False, "thanks": 0} | translation
    return SimpleNamespace(html=html, language=language, **context)


def person(id, name, city):
    return SimpleNamespace(
        id=id, name=name, display_name=name, city=SimpleNamespace(name=city, called=city, paving=id)
    )


POSTS = [
    (
        person(1, "Claire Vasseur", "Lyon"),
        reading("<p>We opened a <b>desk</b>. See <a href='#'>our guide</a>.</p><ul><li>One</li></ul>", "en"),
    ),
    (person(2, "نور الطرابلسي", "صفاقس"), reading("<p>شكرا. <code>x = 1</code></p>", "ar")),
    (
        person(3, "王丽", "广州"),
        reading(
            "<p>We come.</p>", "en", origin="machine", original_html="<p>我们来。</p>", original_language="zh"
        ),
    ),
]


@pytest.fixture(scope="session")
def house():
    app = Flask("cityexchange", template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_loader.searchpath.append(str(ROOT / "tests/design"))
    app.config.update(SECRET_KEY="of the sampler", STATIC_FOLDER=str(ROOT / "static"))
    templates.init_app(app)
    Babel(app, locale_selector=lambda: request.args.get("lang", "en"))
    CSRFProtect(app)
    for part in (assets, initials, paving, errors, pages, previews):
        part.init_app(app)
    app.jinja_env.filters.update(
        local_time=i18n.local_time, local_date=i18n.local_date, in_language=i18n.in_language
    )
    app.jinja_env.globals.update(has_endpoint=lambda name: name in app.view_functions, locales=i18n.LOCALES)
    app.jinja_env.globals.update(counted_unread=lambda: Counted(4, 1), member_pages=MEMBER_PAGES)
    app.context_processor(i18n.words_of_the_page)
    app.context_processor(lambda: {"me": POSTS[0][0], "demo_notice": True})
    for endpoint, path in ENDPOINTS.items():
        app.add_url_rule(path, endpoint, lambda **_: "")
    app.add_url_rule("/", "sampler", draw)
    app.add_url_rule("/mentions", "members.index_mentions", mentions)
    app.after_request(lambda r: (r.headers.set("Content-Security-Policy", POLICY), r)[1])
    POSTS[0][0].is_authenticated = True
    return app


def draw():
    wrong = Sample(formdata=None)
    if "calm" not in request.args:
        wrong.title.errors = wrong.mode.errors = wrong.agree.errors = ["Please look again."]
    context = {
        "form": Sample(formdata=None),
        "wrong": wrong,
        "posts": POSTS,
        "noon": NOON,
        "day": date(2026, 12, 4),
    }
    return render_template("sampler.html", place=request.args.get("place", ""), **context)


def mentions():
    offered = {
        "@": [("@claire-vasseur", "Claire Vasseur", "Lyon"), ("@clara", "Clara", "Milan")],
        "#": [("#lyon", "Lyon", "France")],
    }
    return jsonify(
        [
            {"insert": insert, "name": name, "label": f"{name}, {place}"}
            for insert, name, place in offered[request.args["q"][0]]
        ]
    )


@pytest.fixture
def open_page(house, chromium):
    """Opens an address of the house in a fresh context: open_page("/?lang=ar", width=390, color_scheme="dark")."""
    contexts = []

    def open_page(path="/", width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=HOUSE, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.asked = [], []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.route("**/*", lambda route: answer(house, page, route))
        page.goto(path)
        if options.get("java_script_enabled", True):
            until_at_work(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


def answer(house, page, route):
    asked = route.request
    page.asked.append((asked.method, asked.url.removeprefix(HOUSE)))
    headers = {"Cookie": asked.headers.get("cookie", "")}
    client = house.test_client(use_cookies=False)
    response = contextvars.Context().run(
        client.open, asked.url, method=asked.method, data=asked.post_data_buffer, headers=headers
    )
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.data)

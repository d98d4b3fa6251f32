import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.exceptions import TooManyRequests, abort

from cityexchange.core import assets, errors, i18n

pytestmark = pytest.mark.no_app


def boom():
    raise RuntimeError("the password is 12345")


def slow_down():
    raise TooManyRequests(retry_after=30)


@pytest.fixture
def browser():
    """Without the frame of a page (no `me`, no navigation): drawing the page itself fails, as on a very bad day."""
    app = Flask("cityexchange", template_folder="../templates", static_folder=None)
    Babel(app)
    app.jinja_env.filters.update(local_time=i18n.local_time, local_date=i18n.local_date)
    assets.init_app(app)
    errors.init_app(app)
    app.add_url_rule("/boom", view_func=boom)
    app.add_url_rule("/slow-down", view_func=slow_down)
    app.add_url_rule("/<int:code>", "abort", lambda code: abort(code))
    return app.test_client()


def test_a_crash_answers_in_plain_words_and_tells_no_secret(browser):
    response = browser.get("/boom")
    assert response.status_code == 500
    assert b"It is not your fault" in response.data
    assert b"12345" not in response.data and b"Traceback" not in response.data


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_refusal_is_data_for_those_who_ask_for_data(browser, code):
    response = browser.get(f"/{code}", headers={"Accept": "application/json"})
    assert (response.status_code, response.json["status"], response.json["ok"]) == (code, code, False)
    assert response.json["title"] and response.json["text"]


def test_a_code_without_words_of_its_own_borrows_some(browser):
    assert browser.get("/410", headers={"Accept": "application/json"}).json["title"] == str(
        errors.WORDS[400][0]
    )


def test_an_htmx_request_gets_a_fragment_not_a_page(browser):
    response = browser.get("/403", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert b'role="alert"' in response.data and b"<html" not in response.data


def test_who_was_too_fast_hears_how_long_to_wait(browser):
    response = browser.get("/slow-down", headers={"HX-Request": "true"})
    assert b"You can try again in 30 seconds." in response.data
    assert response.headers["Retry-After"] == "30"
    assert browser.get("/slow-down", headers={"Accept": "application/json"}).json["retry_after"] == 30

"""Before anything of a visitor's request is looked at: whether its network has had enough, and whose turn it is.

Threat: what is refused thousands of times a minute must cost next to nothing, and what is answered must leave members their place. So a
page that a network asks for beyond its limits is refused here, with words that are ready made; all others wait for their turn.
"""

from collections.abc import Callable, Iterable
from math import ceil
from typing import Any

from flask import Flask, Request
from werkzeug import Response
from werkzeug.exceptions import TooManyRequests

from cityexchange.core import tallies
from cityexchange.core.databases.queue import Busy
from cityexchange.core.db import unit_of_work
from cityexchange.core.errors import answer_error
from cityexchange.core.headers import FIXED
from cityexchange.core.i18n import LOCALES, language_of
from cityexchange.core.limits import network_of
from cityexchange.core.limits.visitors import seconds_until_room
from cityexchange.core.turns import TURN, Turns
from cityexchange.core.web import SAFE_METHODS

OPEN = ("/static/", "/healthz", "/readyz", "/metrics")
"""Pages ask for many files, monitors ask often."""
SIGNED_IN = "_user_id"
"""In the cookie of whoever has signed in. Whether that still holds is asked later, of the database."""
STEP = 10
"""Seconds: what is said in words of a wait is rounded up to it, so that few pages have to be kept."""


class Door:
    """Around the application, inside what tells the caller's address."""

    def __init__(self, app: Flask, answer: Callable[..., Iterable[bytes]]):
        self.app, self.answer, self.turns = app, answer, Turns()
        self.refusals: dict[tuple[object, ...], tuple[str, bytes]] = {}

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in SAFE_METHODS or environ.get("PATH_INFO", "").startswith(OPEN):
            return self.answer(environ, start)
        session = self._session(environ)
        if SIGNED_IN in session:
            return self.answer(environ, start)
        network = network_of(environ.get("REMOTE_ADDR"))
        with self.app.app_context():
            wait = seconds_until_room(network)
        if wait:
            return self._refuse(environ, session, wait)(environ, start)
        return self._in_turn(network, environ, session, start)

    def _in_turn(self, network, environ, session, start):
        try:
            environ[TURN] = turn = self.turns.take(network)
        except Busy:
            return self._refuse(environ, session, 1)(environ, start)
        try:
            return self.answer(environ, start)
        finally:
            turn.end()

    def _session(self, environ):
        if not environ.get("HTTP_COOKIE"):
            return {}
        return self.app.session_interface.open_session(self.app, self.app.request_class(environ)) or {}

    def _refuse(self, environ, session, wait):
        with self.app.app_context(), unit_of_work(writing=False):
            tallies.count("visit", 429)
        asked = Request(environ)
        mimetype, body = self._words(asked, session, STEP * ceil(wait / STEP))
        answer = Response(body, status=429, mimetype=mimetype, headers=FIXED)
        answer.headers["Retry-After"], answer.headers["Cache-Control"] = str(ceil(wait)), "no-store"
        return answer

    def _words(self, asked, session, wait):
        """By all that they depend on, made once."""
        chosen = asked.args.get("lang") or session.get("lang")
        language = chosen if chosen in LOCALES else language_of(asked.accept_languages)
        wants = asked.accept_mimetypes.best_match(["text/html", "application/json"])
        key = language, wants, "HX-Request" in asked.headers, wait
        if key not in self.refusals:
            self.refusals[key] = self._made(*key)
        return self.refusals[key]

    def _made(self, language, wants, is_part, wait):
        headers = {"Accept": wants or "text/html"} | ({"HX-Request": "true"} if is_part else {})
        refusal = TooManyRequests(retry_after=wait)
        refusal.is_plain = True  # type: ignore[attr-defined]
        with self.app.test_request_context(f"/?lang={language}", headers=headers):
            answer: Any = answer_error(refusal)
        return answer.mimetype, answer.get_data()


def init_app(app):
    app.wsgi_app = Door(app, app.wsgi_app)

"""How much a network may ask for without an account, before anything is looked at or written: whoever sends more hears so at little cost.

Counted in the process alone: a flood must not be what fills the database. What visitors begin (a place, a code) has limits of its own there.
"""

from flask import Flask, g, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from cityexchange.core import tallies
from cityexchange.core.limits import NETWORK, Limit, caller
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.web import SAFE_METHODS

VISITS = Limit("visit", most=1200, seconds=60, each=NETWORK, store=PROCESS, is_writing=True)
VISITORS_FORMS = Limit("visitor_form", most=240, seconds=60, each=NETWORK, store=PROCESS, is_writing=True)
UNCOUNTED = ("static", "core_health")
"""Endpoints that begin so: pages ask for many files, monitors ask often."""


def hold_visitors() -> None:
    if (request.endpoint or "").startswith(UNCOUNTED) or current_user.is_authenticated:
        return
    try:
        VISITS.spend(caller())
        if request.method not in SAFE_METHODS:
            VISITORS_FORMS.spend(caller())
    except TooManyRequests as refusal:
        tallies.count("visit", 429)
        g.is_refusal_audited = True
        # What was typed is given back; a page that is only asked for is refused as cheaply as can be.
        refusal.is_plain = request.method in SAFE_METHODS  # type: ignore[attr-defined]
        raise


def init_app(app: Flask) -> None:
    app.before_request(hold_visitors)

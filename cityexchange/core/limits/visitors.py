"""How much a network may be refused without an account, before anything is looked at or written: whoever sends more hears so at little cost.

Counted in the process alone: a flood must not be what fills the database. What visitors begin (a place, a code) has limits of its own there.
"""

from flask import Flask, Response, g, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from cityexchange.core import tallies
from cityexchange.core.limits import NETWORK, Limit, caller
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.web import SAFE_METHODS

VISITS = Limit("visit", most=1200, seconds=60, each=NETWORK, store=PROCESS, is_writing=True)
VISITS_AT_ONCE = Limit("visit_at_once", most=240, seconds=5, each=NETWORK, store=PROCESS, is_writing=True)
"""The same: a flood need not be answered for all of its first minute."""
VISITORS_FORMS = Limit("visitor_form", most=240, seconds=60, each=NETWORK, store=PROCESS, is_writing=True)
UNCOUNTED = ("static", "core_health")
"""Endpoints that begin so: pages ask for many files, monitors ask often."""
AT_THE_WALL = 302


def hold_visitors() -> None:
    if (request.endpoint or "").startswith(UNCOUNTED) or current_user.is_authenticated:
        return
    g.is_visit_counted = True
    try:
        VISITS_AT_ONCE.spend(caller())
        VISITS.spend(caller())
        if request.method not in SAFE_METHODS:
            VISITORS_FORMS.spend(caller())
    except TooManyRequests as refusal:
        tallies.count("visit", 429)
        g.is_refusal_audited = True
        # What was typed is given back; a page that is only asked for is refused as cheaply as can be.
        refusal.is_plain = request.method in SAFE_METHODS  # type: ignore[attr-defined]
        raise


def seconds_until_room(network: str) -> float:
    """0 where it may ask for a page; counts nothing."""
    return max(limit.seconds_until_room(network) for limit in (VISITS_AT_ONCE, VISITS))


def free_readers(response: Response) -> Response:
    """Whoever reads what is public costs little and writes nothing, a whole town hall behind one address too; so does who signs in."""
    if g.get("is_visit_counted") and response.status_code < 400 and response.status_code != AT_THE_WALL:
        if request.method in SAFE_METHODS or current_user.is_authenticated:
            VISITS_AT_ONCE.give_back(caller())
            VISITS.give_back(caller())
        if request.method not in SAFE_METHODS and current_user.is_authenticated:
            VISITORS_FORMS.give_back(caller())
    return response


def init_app(app: Flask) -> None:
    app.before_request(hold_visitors)
    app.after_request(free_readers)

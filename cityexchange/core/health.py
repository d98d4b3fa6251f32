"""Is it alive, is it ready, how is it doing: for monitors, not for people."""

import hmac
import time

from flask import Blueprint, Response, abort, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from cityexchange.core.readiness import checks as readiness
from cityexchange.core.web import public

bp = Blueprint("core_health", __name__)
answers = Counter("http_responses_total", "Answers by status class", ["status"])
durations = Histogram("http_request_seconds", "Seconds from request to answer")


@bp.get("/healthz")
@public
def healthz():
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz():
    states = {name: _state(readiness[name]) for name in readiness.names()}
    is_ready = all(state["ok"] for state in states.values())
    return jsonify(ready=is_ready, checks=states), 200 if is_ready else 503


@bp.get("/metrics")
@public
def metrics():
    _only_for_monitors()
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _only_for_monitors():
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    has_token = bool(token) and hmac.compare_digest(given, token or "")
    is_proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    is_loopback = request.remote_addr in {"127.0.0.1", "::1", None} and not is_proxied
    if not (has_token or is_loopback):
        abort(404)


def _state(check):
    try:
        return {"ok": True, "state": check() or "ok"}
    except Exception as problem:
        return {"ok": False, "state": type(problem).__name__}


def _measure(response):
    answers.labels(f"{response.status_code // 100}xx").inc()
    if "began" in g:
        durations.observe(time.perf_counter() - g.began)
    return response


def init_app(app):
    app.register_blueprint(bp)
    app.after_request(_measure)

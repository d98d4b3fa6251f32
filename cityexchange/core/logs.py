"""Structured lines on standard error: one per request, with its id, never with personal data."""

import logging
import sys
import time
from uuid import uuid4

import structlog
from flask import g, request

log = structlog.get_logger("cityexchange")


def init_app(app):
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(format="%(levelname)s %(name)s %(message)s", level=logging.WARNING)
    app.before_request(_begin)
    app.after_request(_end)


def _begin():
    g.request_id, g.began = str(uuid4()), time.perf_counter()


def _end(response):
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint not in {"static", "core_health.healthz"}:
        log.info(
            "request",
            request_id=g.get("request_id"),
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        )
    return response

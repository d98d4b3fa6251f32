"""Structured lines on standard error: one per request, with its id, never with personal data.

What libraries and Python itself have to say comes in the same shape: a log that a program reads has no line of another kind. What the
web server says before it knows the application is shaped in deploy/gunicorn.conf.py.
"""

import logging
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO, cast
from uuid import uuid4

import gevent
import structlog
from flask import g, request
from gevent import monkey
from jinja2 import UndefinedError

log = structlog.get_logger("cityexchange")
OF_CODE = (AttributeError, ImportError, NameError, TypeError, UndefinedError)
"""Errors that speak of our code, and of nothing that somebody typed: these are told in their own words."""


def _tell_error(_logger: object, _name: str, event: Any) -> Any:
    """Where it happened, and its kind. Threat: what it says may be what a member typed; PostgreSQL names the row that is there already."""
    said = event.pop("exc_info", None)
    error = sys.exc_info()[1] if said is True else said[1] if isinstance(said, tuple) else said
    if isinstance(error, BaseException):
        event["exception"] = "".join(_ways(error))
    return event


def _ways(error: BaseException) -> Iterator[str]:
    """Of an error, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _ways(cause)
    said = f": {error}" if isinstance(error, OF_CODE) else ""
    yield from (*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}{said}\n")


SHAPE = (
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _tell_error,
    structlog.processors.JSONRenderer(ensure_ascii=False),
)


class _Output:
    """Standard error. On a full disk a line is lost, not the answer that it tells of."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def init_app(app):
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, *SHAPE],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Output())),
        cache_logger_on_first_use=False,
    )
    if not app.testing:
        _listen_to_others()
    app.after_request(_end)


def _listen_to_others():
    lines = logging.StreamHandler(sys.stderr)
    first = [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name]
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=[_plainly, *SHAPE])
    )
    logging.basicConfig(handlers=[lines], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    if monkey.is_module_patched("socket"):
        gevent.get_hub().print_exception = _tell_of_greenlet


def _plainly(logger, name, event):
    """Without what structlog keeps for itself."""
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _tell_of_greenlet(
    _greenlet: object, kind: type[BaseException], error: BaseException, way: TracebackType | None
) -> None:
    """Threat: gevent would print the greenlet, which tells the address that its caller has."""
    log.error("greenlet failed", exc_info=(kind, error, way))


def begin():
    """Before anybody is asked who it is, which may fail: what is told of that has a number too."""
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

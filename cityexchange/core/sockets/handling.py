"""What each event of a line has in common with a request: a known member, a unit of work, polite refusals."""

import time
from functools import partial, wraps
from typing import Any
from uuid import uuid4

import structlog
from flask import g
from flask_login import current_user
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from cityexchange.core import audit, tallies
from cityexchange.core.db import aftermath, unit_of_work
from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.outages import note, outage_of
from cityexchange.core.sockets.limits import EVENTS
from cityexchange.core.sockets.lines import my_line, owner_id, socketio
from cityexchange.core.sockets.rights import hang_up_here
from cityexchange.core.sockets.shapes import Shape
from cityexchange.core.text import read_ahead
from cityexchange.core.web import AUDITED

log = structlog.get_logger("cityexchange")
USUAL_LIMIT: dict[str, Any] = {"most": 60, "seconds": 10, "each": MEMBER, "store": PROCESS}
"""Of the events of one kind, where the handler names no limit of its own."""


class Unknown(Exception):
    """The line belongs to nobody any more."""


def handler(event, limit=None, writing=True, is_counted=True):
    """A socket event handled like a request.

    The payload is one dictionary with exactly the handler's arguments, of their annotated types. The answer is
    `{"ok": True, **what the handler returns}`, or `{"ok": False, "status": .., "retry_after"?: ..}` and nothing kept.
    `is_counted` is False where the handler's verb spends a limit itself, for a form and the event together.
    """

    def decorate(function):
        rules = Rules(event, function, is_counted and (limit or Limit(event, **USUAL_LIMIT)), writing)

        @socketio.on(event)
        @wraps(function)
        def handle(*payload):
            g.request_id, began = str(uuid4()), time.perf_counter()
            try:
                answer = {"ok": True, **rules.perform(payload)}
            except Unknown:
                return socketio.server.not_handled
            except HTTPException as refusal:
                answer = _refusal(refusal)
            except Exception as error:
                answer = _refusal(_told(error, event))
            _note(event, answer, began)
            return answer

        return handle

    return decorate


class Rules:
    """What has to hold before the handler of an event may act."""

    def __init__(self, event, function, limit, writing):
        self.event, self.function, self.writing = event, function, writing
        self.shape, self.limit = Shape(function), limit

    def perform(self, payload):
        """The limits first, then the shape, then the database: a flood costs others nothing that they wait for."""
        try:
            self.insist(payload)
            read_ahead((one for one in payload[0].values() if isinstance(one, str)), owner_id())
            with unit_of_work(self.writing):
                self.insist_on_member()
                return self.function(**payload[0]) or {}
        except HTTPException as refusal:
            self.audit(refusal)
            raise

    def insist(self, payload):
        """As with forms, what is not in order counts only among all events."""
        EVENTS.spend(owner_id())
        if not self.shape.fits(payload):
            raise BadRequest
        if self.limit:
            self.limit.spend(owner_id())

    def insist_on_member(self):
        if not current_user.is_authenticated:
            tallies.count(self.event, 401)
            _hang_up_stranger()
            raise Unknown

    def audit(self, refusal):
        """As for requests, a no leaves a row, in a unit of its own; of what comes in floods there is one row a while."""
        row = EVENTS.key(f"{refusal.code} of {self.event} by {owner_id()}")
        is_repeated = refusal.code in (400, 429) and PROCESS.count(row, 1, EVENTS.seconds)
        if refusal.code in AUDITED and not g.get("is_refusal_audited") and not is_repeated:
            facts = {"outcome": "refused", "actor_id": owner_id(), "status": refusal.code}
            with unit_of_work(writing=False):
                aftermath(partial(audit.record, self.event, **facts))


def _hang_up_stranger():
    """Signed out, suspended: every line of theirs goes, found by the channel it followed when it was known."""
    for name in socketio.server.rooms(my_line()):
        if name.startswith("member:"):
            hang_up_here(int(name.removeprefix("member:")))


def _told(error, event):
    if outage := outage_of(error):
        note(outage, error, event)
        return outage
    log.exception("event failed", request_id=g.request_id, event_name=event)
    return InternalServerError()


def _refusal(refusal):
    retry = getattr(refusal, "retry_after", None)
    return {"ok": False, "status": refusal.code} | ({"retry_after": retry} if retry else {})


def _note(event, answer, began):
    log.info(
        "event",
        request_id=g.request_id,
        event_name=event,
        status=answer.get("status", 200),
        milliseconds=round((time.perf_counter() - began) * 1000, 1),
    )

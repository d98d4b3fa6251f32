"""What every process that holds lines has to do, not to tell: hang up, look again. Lost by none, done once by each.

An order is a row in the transaction of its cause, which the other processes read twice a second. Redis carries it faster where
there is one; while Redis is away the row does alone.
"""

import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import uuid4

from flask import Flask

from cityexchange.core.db import after_commit
from cityexchange.core.sockets import outbox
from cityexchange.core.sockets.lines import send_out, socketio

REMEMBERED = outbox.KEPT.total_seconds()
"""Seconds after which no row brings an order again."""
_known: dict[str, Callable[..., None]] = {}
_done: dict[str, float] = {}


def order(function: Callable[..., None]) -> Callable[..., None]:
    """Makes `function_here(...)` an order: calling what comes back has it carried out in every process.

    Joins the unit of work at hand: an order is given once what it follows from is certain.
    """
    name = function.__name__.removesuffix("_here")
    _known[name] = _once(function)

    @wraps(function)
    def give(**payload: Any) -> None:
        told = payload | {"order": uuid4().hex}
        outbox.put(name, told, None)
        after_commit(partial(_send_out, name, told))

    return give


def errand(function: Callable[..., None]) -> Callable[..., None]:
    """As `order`, for what may be lost: whoever reaches the processes at once writes no row for it."""
    name = function.__name__.removesuffix("_here")
    _known[name] = function

    @wraps(function)
    def give(**payload: Any) -> None:
        after_commit(partial(send_out, name, payload))

    return give


def known_to(app: Flask) -> dict[str, Callable[..., None]]:
    """The orders by their names, as a process of this application carries them out."""
    return {name: partial(_carry_out, app, function) for name, function in _known.items()}


def _carry_out(app, function, **payload):
    with app.app_context():
        function(**payload)


def _send_out(name, payload):
    socketio.server.manager.emit(name, payload, "/")


def _once(function):
    @wraps(function)
    def carry_out(order, **payload):
        if order not in _done:
            _forget_old()
            _done[order] = time.monotonic()
            function(**payload)

    return carry_out


def _forget_old():
    long_ago = time.monotonic() - REMEMBERED
    while _done and (first := next(iter(_done.items())))[1] < long_ago:
        del _done[first[0]]

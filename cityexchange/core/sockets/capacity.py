"""What one member and one network may hold of a process: how many lines, and how fast they are read."""

from typing import Any, NamedTuple

import gevent
from engineio.socket import Socket
from flask import current_app
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.limits import caller
from cityexchange.core.sockets.limits import PACKETS
from cityexchange.core.web import me

OF_MEMBER, OF_NETWORK = 50, 1_000
"""Lines open at the same time; whoever opens more waits for RETRY seconds."""
RETRY = 30
PAUSE = 1.0
"""Seconds between two packets of a line of whose member too many came."""


class Holder(NamedTuple):
    member_id: int
    network: str


def hold(clients: dict[str, Socket], engine_id: str) -> bool:
    """Writes down whose line it is, in its request. False where they have enough."""
    holder = Holder(me().id, caller())
    others = [one for client in clients.values() if not client.closed and (one := holder_of(client))]
    factor = current_app.config["WRITE_LIMIT_FACTOR"]
    clients[engine_id].session["holder"] = holder
    return (
        sum(one.member_id == holder.member_id for one in others) < OF_MEMBER * factor
        and sum(one.network == holder.network for one in others) < OF_NETWORK * factor
    )


def holder_of(client: Socket) -> Holder | None:
    return client.session.get("holder")


def pace(client: Socket) -> None:
    """Counts a packet before anything reads it; a line of which too many come is read more slowly, and nobody else's."""
    if holder := holder_of(client):
        try:
            PACKETS.spend(holder.member_id)
        except TooManyRequests:
            gevent.sleep(PAUSE)


def turned_away(message: Any = None) -> dict[str, Any]:
    """The answer to who may not open a line: 401 for strangers, 429 for who has enough of them."""
    if message is TOO_MANY:
        headers = [("Content-Type", "text/plain"), ("Retry-After", str(RETRY))]
        return {"status": "429 TOO MANY REQUESTS", "headers": headers, "response": b"Too Many Requests"}
    return {
        "status": "401 UNAUTHORIZED",
        "headers": [("Content-Type", "text/plain")],
        "response": b"Unauthorized",
    }


TOO_MANY = "too many lines"

"""Lines: one per open tab. What they follow, what they are told."""

from functools import partial
from typing import Any, cast

from flask import current_app, request
from flask_socketio import SocketIO, join_room, leave_room
from gevent import monkey

from cityexchange.core.db import after_commit
from cityexchange.core.signals import Signal
from cityexchange.core.sockets import outbox
from cityexchange.core.web import me

socketio = SocketIO()
line_began, line_ended = Signal("line"), Signal("line")
followed_models: dict[str, type] = {}
"""The models of what lines follow, by the first part of their channels."""
OWNER = "cityexchange.owner"
"""Where a line's own environment keeps the number of its member."""
TURN, LONGEST_SPREAD = 10, 10_000
"""Milliseconds for one question of one line, and for all that hear something at the same time."""


def channel(record):
    return f"{type(record).__name__.lower()}:{record.id}"


def my_line():
    """The id of the line this event came in on."""
    return cast(Any, request).sid


def remember_owner():
    """The line of this event is of who is signed in now."""
    request.environ[OWNER] = me().id


def owner_id():
    """Whose line this event came in on, by memory: whether they are still let in is another question."""
    return request.environ[OWNER]


def follow(record):
    followed_models[type(record).__name__.lower()] = type(record)
    join_room(channel(record))


def unfollow(record):
    leave_room(channel(record))


def spread_of(record):
    """Over how many milliseconds those who follow the record spread their questions, when all hear at once that something came.

    Counted are the lines of this process: it is this process that they ask.
    """
    followers = socketio.server.manager.rooms.get("/", {}).get(channel(record), ())
    return min(len(followers) * TURN, LONGEST_SPREAD)


def tell(record, event, **payload):
    """Tells everyone who follows the record, in whatever process they are."""
    send_out(event, payload, channel(record))


def announce(record, event, **payload):
    """As `tell`, after this unit of work is committed. The payload is made now: nothing is read from the database for it then."""
    after_commit(partial(send_out, event, payload, channel(record)))


def tell_line(line, event, **payload):
    """Tells one line of this process."""
    socketio.server.emit(event, payload, to=line, ignore_queue=True)


def members_here(ids):
    """Those of these members who have a line in this process."""
    here = socketio.server.manager.rooms.get("/", {})
    return [id for id in ids if f"member:{id}" in here]


def tell_member_here(id, event, **payload):
    """Tells a member's lines in this process."""
    socketio.server.emit(event, payload, to=f"member:{id}", ignore_queue=True)


def send_out(event, payload, to=None):
    """To whoever follows the channel `to`, in whatever process; an errand goes to the processes themselves."""
    socketio.server.manager.emit(event, payload, "/", room=to)
    if not current_app.config["REDIS_URL"] and _is_elsewhere():
        outbox.put(event, payload, to)


def _is_elsewhere():
    """Whether this process (the worker, a command) serves no lines itself."""
    return current_app.config["IS_COMMAND"] and not monkey.is_module_patched("socket")

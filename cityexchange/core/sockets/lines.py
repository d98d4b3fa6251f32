"""Lines: one per open tab. Who they belong to, what they follow, what they are told, how they end."""

from functools import partial
from typing import Any, cast

from flask import current_app, request
from flask_login import current_user
from flask_socketio import SocketIO, join_room, leave_room
from gevent import monkey
from werkzeug.exceptions import HTTPException

from cityexchange.core.db import after_commit, unit_of_work
from cityexchange.core.origins import origin_of
from cityexchange.core.signals import Signal
from cityexchange.core.sockets import fanout, outbox, wires
from cityexchange.core.web import me

LARGEST_PACKET = 64 * 1024
HANG_UP = "hang_up"
GRACE = 1.0
"""Seconds a line has for its goodbye before its socket is shut."""

socketio = SocketIO()
line_ended = Signal("line")


def channel(record):
    return f"{type(record).__name__.lower()}:{record.id}"


def my_line():
    """The id of the line this event came in on."""
    return cast(Any, request).sid


def follow(record):
    join_room(channel(record))


def unfollow(record):
    leave_room(channel(record))


def is_following(record):
    return channel(record) in socketio.server.rooms(my_line())


def tell(record, event, **facts):
    """Tells everyone who follows the record, in whatever process they are."""
    _send_out(event, facts, channel(record))


def announce(record, event, **facts):
    """As `tell`, once this unit of work is certain. The facts are taken now, so nothing is read again for them."""
    after_commit(partial(_send_out, event, facts, channel(record)))


def tell_line(line, event, **facts):
    """Tells one line of this process."""
    socketio.server.emit(event, facts, to=line, ignore_queue=True)


def hang_up(member_id):
    """Closes a member's lines in every process. What is still allowed connects again."""
    _send_out(HANG_UP, {"member_id": member_id}, None)


def _send_out(event, facts, to):
    socketio.server.manager.emit(event, facts, "/", room=to)
    if not current_app.config["REDIS_URL"] and (event == HANG_UP or _is_elsewhere()):
        outbox.put(event, facts, to)


def _is_elsewhere():
    """Whether this process (the worker, a command) serves no lines itself."""
    return current_app.config["IS_COMMAND"] and not monkey.is_module_patched("socket")


def hang_up_here(member_id):
    manager = socketio.server.manager
    for line, engine_id in list(manager.get_participants("/", f"member:{member_id}")):
        socketio.server.disconnect(line, ignore_queue=True)
        _close(engine_id)


def _close(engine_id):
    client = socketio.server.eio.sockets.get(engine_id)
    if client:
        client.close(wait=False)
        socketio.start_background_task(_shut, client)


def _shut(client):
    """A client that does not answer the goodbye is not waited for."""
    socketio.sleep(GRACE)
    if wire := getattr(client, "wire", None):
        wire.close()


def _carry_out(event, facts, to):
    """What another process put into the outbox is done here too."""
    socketio.server.manager.emit(event, facts, "/", room=to, ignore_queue=True)


def _answer_the_door(eio_connect, engine_id, environ):
    """Before a line is opened at all, by whatever transport: 401 for whoever is not signed in."""
    with environ["flask.app"].request_context(environ):
        if not _is_known():
            return False
    return eio_connect(engine_id, environ)


@socketio.on("connect")
def welcome(auth=None):
    if not _is_known():
        return False
    follow(me())


@socketio.on("disconnect")
def part(*_reason):
    line_ended.send(line=my_line())


def _is_known():
    """A member of ours, asking under our own host name."""
    try:
        request.host  # noqa: B018 - raises for a foreign one
    except HTTPException:
        return False
    with unit_of_work(writing=False):
        return current_user.is_authenticated


def init_app(app):
    socketio.init_app(
        app,
        async_mode="gevent" if monkey.is_module_patched("socket") else "threading",
        client_manager=fanout.manager(
            app.config["REDIS_URL"], orders={HANG_UP: hang_up_here}, begin=partial(_begin_to_serve, app)
        ),
        manage_session=False,
        # The only origin that browsers may connect from; None, without BASE_URL, is the library's same-host rule.
        cors_allowed_origins=origin_of(app.config["BASE_URL"]),
        json=fanout.Json,
        max_http_buffer_size=LARGEST_PACKET,
        async_handlers=False,  # one event of a line at a time, in the order it was sent
    )
    wires.equip(socketio.server.eio)
    socketio.server.eio.on("connect", partial(_answer_the_door, socketio.server._handle_eio_connect))


def _begin_to_serve(app):
    if monkey.is_module_patched("socket") and not app.config["REDIS_URL"]:
        outbox.watch(app, _carry_out)

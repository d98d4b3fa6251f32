"""Where lines come in: who may open one, what becomes of it, and what a process begins with its first line."""

import logging
from functools import partial
from urllib.parse import parse_qs

from flask import request
from flask_login import current_user
from gevent import monkey
from werkzeug.exceptions import HTTPException

from cityexchange.core import tallies
from cityexchange.core.db import unit_of_work
from cityexchange.core.headers import behind_proxies
from cityexchange.core.origins import is_foreign_page, origin_of
from cityexchange.core.sockets import capacity, expiry, fanout, frames, orders, outbox, rights, wires
from cityexchange.core.sockets.lines import follow, line_began, line_ended, my_line, remember_owner, socketio
from cityexchange.core.sockets.queues import Outgoing
from cityexchange.core.web import me

log = logging.getLogger(__name__)
LARGEST_PACKET = 64 * 1024


def _note_foreign_page(app, answer, environ, start_response):
    """The library itself refuses a line that a page of another site asks for; here it is counted."""
    if is_foreign_page(environ, app.config["BASE_URL"]):
        with app.request_context(environ), unit_of_work(writing=False):
            tallies.count("line_from_foreign_page", 400)
    _forget_closed(parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0])
    return answer(environ, start_response)


def _forget_closed(engine_id):
    """The library would fail over one that it has closed and still knows."""
    clients = socketio.server.eio.sockets
    if (client := clients.get(engine_id)) and client.closed:
        clients.pop(engine_id)


def _answer_the_door(eio_connect, engine_id, environ):
    """Before a line is opened at all, by whatever transport: 401 for whoever is not signed in, 429 for who has many."""
    eio = socketio.server.eio
    with environ["flask.app"].request_context(environ):
        if not _is_known():
            return False
        if not capacity.hold(eio.sockets, engine_id):
            return capacity.TOO_MANY
    _bound(eio.sockets[engine_id])
    return eio_connect(engine_id, environ)


def _bound(client):
    client.handle_post_request = partial(frames.take_body, client)
    if isinstance(client.queue, Outgoing):
        client.queue.overflow = partial(frames.end_line, client, "client does not read")


@socketio.on("connect")
def welcome(auth=None):
    if not _is_known():
        return False
    remember_owner()
    follow(me())
    line_began.send(line=my_line())


@socketio.on("disconnect")
def part(*_reason):
    line_ended.send(line=my_line())


def _is_known():
    """A member of ours, asking under our own host name; whoever is not is counted."""
    with unit_of_work(writing=False):
        try:
            request.host  # noqa: B018 - raises for a foreign one
        except HTTPException:
            tallies.count("line_under_foreign_host", 400)
            return False
        if not current_user.is_authenticated:
            tallies.count("line", 401)
        return current_user.is_authenticated


def init_app(app):
    socketio.init_app(
        app,
        async_mode="gevent" if monkey.is_module_patched("socket") else "threading",
        client_manager=fanout.manager(
            app.config["REDIS_URL"], orders=orders.known_to(app), begin=partial(_begin_to_serve, app)
        ),
        manage_session=False,
        # The only origin that browsers may connect from; None, without BASE_URL, is the library's same-host rule.
        cors_allowed_origins=origin_of(app.config["BASE_URL"]),
        json=fanout.Json,
        serializer=frames.Frame,
        max_http_buffer_size=LARGEST_PACKET,
        logger=log,  # their own would write lines of another shape
        engineio_logger=log,
        async_handlers=False,  # one event of a line at a time, in the order it was sent
    )
    _mind_the_doors(app, socketio.server, socketio.server.eio)


def _mind_the_doors(app, server, eio):
    wires.equip(eio)
    eio.handle_request = behind_proxies(app, partial(_note_foreign_page, app, eio.handle_request))
    eio._unauthorized = capacity.turned_away
    eio.on("connect", partial(_answer_the_door, server._handle_eio_connect))
    eio.on("message", partial(frames.take, server))


def _begin_to_serve(app):
    if monkey.is_module_patched("socket"):
        outbox.watch(app, _carry_out)
        expiry.watch(app, rights.look_again_here)


def _carry_out(event, payload, to):
    """What another process put into the outbox is done here too."""
    socketio.server.manager.emit(event, payload, "/", room=to, ignore_queue=True)

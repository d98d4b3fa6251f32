"""Where lines come in: who may open one, what becomes of it, and what a process begins with its first line."""

import logging
from functools import partial

from flask import request
from flask_login import current_user
from gevent import monkey
from werkzeug.exceptions import HTTPException

from cityexchange.core import tallies
from cityexchange.core.db import unit_of_work
from cityexchange.core.origins import is_foreign_page, origin_of
from cityexchange.core.sockets import expiry, fanout, orders, outbox, rights, wires
from cityexchange.core.sockets.lines import follow, line_ended, my_line, socketio
from cityexchange.core.web import me

log = logging.getLogger(__name__)
LARGEST_PACKET = 64 * 1024


def _note_foreign_page(app, answer, environ, start_response):
    """The library itself refuses a line that a page of another site asks for; here it is counted."""
    if is_foreign_page(environ, app.config["BASE_URL"]):
        with app.request_context(environ), unit_of_work(writing=False):
            tallies.count("line_from_foreign_page", 400)
    return answer(environ, start_response)


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
        max_http_buffer_size=LARGEST_PACKET,
        logger=log,  # their own would write lines of another shape
        engineio_logger=log,
        async_handlers=False,  # one event of a line at a time, in the order it was sent
    )
    wires.equip(socketio.server.eio)
    socketio.server.eio.handle_request = partial(_note_foreign_page, app, socketio.server.eio.handle_request)
    socketio.server.eio.on("connect", partial(_answer_the_door, socketio.server._handle_eio_connect))


def _begin_to_serve(app):
    if monkey.is_module_patched("socket"):
        outbox.watch(app, _carry_out)
        expiry.watch(app, rights.look_again_here)


def _carry_out(event, payload, to):
    """What another process put into the outbox is done here too."""
    socketio.server.manager.emit(event, payload, "/", room=to, ignore_queue=True)

"""The fan-out alone, without members or rows: what the reference does, on our ground. gunicorn tests.load.live_app:app

LIVE_FANOUT=stock takes the libraries' own way instead of ours.
"""

import os

from flask import Flask
from flask_socketio import SocketIO, emit, join_room

from cityexchange.core.sockets import fanout, wires

is_ours = os.environ.get("LIVE_FANOUT") != "stock"
app = Flask(__name__)
ours = {"client_manager": fanout.manager(None, {}, lambda: None), "json": fanout.Json} if is_ours else {}
socketio = SocketIO(app, async_mode="gevent", manage_session=False, async_handlers=False, **ours)
if is_ours:
    wires.equip(socketio.server.eio)


@socketio.on("join")
def join(room):
    join_room(room)
    emit("joined", room)


@socketio.on("say")
def say(words):
    emit("said", words, to=words["room"])

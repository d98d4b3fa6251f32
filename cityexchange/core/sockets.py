"""Live connections. What goes out is data; the words around it come with the page.

Clients never name a channel: they name a record, and the server picks the channel
after the same policy check a page would make.
"""

from functools import wraps
from inspect import signature

from flask_login import current_user
from flask_socketio import SocketIO, disconnect, join_room, leave_room
from werkzeug.exceptions import HTTPException

from cityexchange.core.db import unit_of_work
from cityexchange.core.web import me

socketio = SocketIO()


def init_app(app):
    socketio.init_app(
        app,
        message_queue=app.config["REDIS_URL"],
        manage_session=False,
        cors_allowed_origins=app.config["BASE_URL"] or None,
    )


def handler(event):
    """A socket event handled like a request: a known member, one unit of work, polite refusals."""

    def decorate(function):
        expected = signature(function)

        @socketio.on(event)
        @wraps(function)
        def handle(data=None):
            if not current_user.is_authenticated:
                return disconnect()
            try:
                facts = expected.bind(**(data or {}))
            except TypeError:
                return {"ok": False, "status": 400}
            try:
                with unit_of_work():
                    answer = function(**facts.arguments)
            except HTTPException as refusal:
                return {"ok": False, "status": refusal.code}
            return {"ok": True, **(answer or {})}

        return handle

    return decorate


def channel(record):
    return f"{type(record).__name__.lower()}:{record.id}"


def follow(record):
    join_room(channel(record))


def unfollow(record):
    leave_room(channel(record))


def tell(record, event, **facts):
    """Tells everyone following the record."""
    socketio.emit(event, facts, to=channel(record))


def hang_up(member_id):
    """Closes a member's lines after sign-out, suspension or loss of a seat; what is allowed reconnects."""
    for sid, _ in list(socketio.server.manager.get_participants("/", f"member:{member_id}")):
        disconnect(sid, namespace="/")


@socketio.on("connect")
def welcome(auth=None):
    if not current_user.is_authenticated:
        return False
    follow(me())

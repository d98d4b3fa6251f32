"""Lines end with the rights they were opened by, in every process. What is still allowed connects again."""

from collections import defaultdict
from typing import Any

from flask import current_app
from sqlalchemy import inspect

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.policy import visible_to
from cityexchange.core.sockets.lines import channel, followed_models, socketio
from cityexchange.core.sockets.orders import order

GRACE = 1.0
"""Seconds a line has for its goodbye before its socket is shut."""


def hang_up_here(member_id: int) -> None:
    empty_here(f"member:{member_id}")


def empty_here(channel: str) -> None:
    for line, engine_id in list(socketio.server.manager.get_participants("/", channel)):
        _hang_up_line(line, engine_id)


def look_again_here(member_id: int | None = None) -> None:
    """Hangs up the lines (of one member, or all) that follow what their member does not see any more."""
    for member, lines in _followers().items():
        if member_id in (None, member):
            with current_app.app_context(), unit_of_work(writing=False):
                blind = [line for line, followed in lines.items() if not _sees_all(member, followed)]
            for line in blind:
                _hang_up_line(line, socketio.server.manager.eio_sid_from_sid(line, "/"))
            socketio.sleep(0)


def hang_up(member_id: int) -> None:
    """Closes a member's lines."""
    _hang_up(member_id=member_id)


def empty(record: Any) -> None:
    """Closes the lines of all who follow a record: what they were told of it may not be true any more."""
    _empty(channel=channel(record))


def look_again() -> None:
    """The rights of many have changed: closes each line that follows what its member does not see any more."""
    _look_again()


_hang_up, _empty, _look_again = order(hang_up_here), order(empty_here), order(look_again_here)


def _followers():
    """{member's id: {line: {kind of record: ids}}}, read off the channels of this process."""
    owners: dict[str, int] = {}
    followed: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for name, lines in list(socketio.server.manager.rooms.get("/", {}).items()):
        kind, _, id = (name or "").partition(":")
        if kind not in followed_models:
            continue
        for line in lines:
            if kind == "member":
                owners[line] = int(id)
            else:
                followed[line][kind].add(int(id))
    found: dict[int, dict[str, dict[str, set[int]]]] = defaultdict(dict)
    for line in followed.keys() & owners.keys():
        found[owners[line]][line] = followed[line]
    return found


def _sees_all(member_id, followed):
    member: Any = db.session.get(followed_models["member"], member_id)
    return member is not None and all(
        len(db.session.scalars(_seen(member, followed_models[kind], ids)).all()) == len(ids)
        for kind, ids in followed.items()
    )


def _seen(member, model, ids):
    key = inspect(model).primary_key[0]
    return visible_to(member, model).where(key.in_(ids)).with_only_columns(key).order_by(None)


def _hang_up_line(line, engine_id):
    socketio.server.disconnect(line, ignore_queue=True)
    if client := socketio.server.eio.sockets.get(engine_id):
        client.close(wait=False)
        socketio.start_background_task(_shut, client)


def _shut(client):
    """A client that does not answer the goodbye is not waited for."""
    socketio.sleep(GRACE)
    if wire := getattr(client, "wire", None):
        wire.close()

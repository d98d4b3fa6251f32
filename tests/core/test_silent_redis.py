"""A Redis that takes no answer's time: who says something is let go after a moment, and the other processes read it as a row."""

import socket
from contextlib import closing

import pytest

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.sockets import fanout
from cityexchange.core.sockets.outbox import LiveNotice


def told(event="message:posted", **changes):
    said = {"method": "emit", "event": event, "data": [{"id": 7}], "binary": False, "room": "room:1"}
    return said | changes


@pytest.fixture
def silent():
    """Takes lines and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as place:
        place.setblocking(False)
        yield place


def lines_to(place):
    number = 0
    try:
        while place.accept():
            number += 1
    except BlockingIOError:
        return number


def manager_of(port):
    made = fanout.RedisFanout(f"redis://127.0.0.1:{port}/0", channel="probe", json=fanout.Json)
    made.orders = {"hang_up": lambda **_: None}
    return made


def rows():
    found = db.session.scalars(db.select(LiveNotice).order_by(LiveNotice.id))
    return [(one.event, one.payload, one.channel) for one in found]


def publish(manager, *messages, writing=True):
    for message in messages:
        with unit_of_work(writing):
            manager._publish(message)


def test_what_a_silent_redis_does_not_take_goes_as_a_row_and_it_is_not_asked_again_at_once(app, silent):
    publish(manager_of(silent.getsockname()[1]), told(), told("message:edited"), told("message:removed"))
    events = ["message:posted", "message:edited", "message:removed"]
    assert rows() == [(event, {"id": 7}, "room:1") for event in events]
    assert lines_to(silent) == 1, "the second and third waited for nothing"


def test_after_a_while_it_is_asked_again(app, silent, monkeypatch):
    monkeypatch.setattr(fanout, "PAUSE", 0)
    monkeypatch.setattr(fanout, "ONE_TRY", 0.05)
    publish(manager_of(silent.getsockname()[1]), told(), told())
    assert lines_to(silent) == 2 and len(rows()) == 2


def test_a_redis_that_is_not_there_is_the_same(app):
    with closing(socket.create_server(("127.0.0.1", 0))) as place:
        port = place.getsockname()[1]
    publish(manager_of(port), told())
    assert rows() == [("message:posted", {"id": 7}, "room:1")]


@pytest.mark.parametrize(
    ("message", "writing"),
    [
        (told("hang_up"), True),
        (told(method="disconnect"), True),
        (told(binary=True), True),
        (told("room:typed"), False),
    ],
    ids=["an order, a row already", "no telling", "bytes", "of the moment"],
)
def test_no_row_is_made_of(app, silent, monkeypatch, message, writing):
    monkeypatch.setattr(fanout, "ONE_TRY", 0.05)
    publish(manager_of(silent.getsockname()[1]), message, writing=writing)
    assert rows() == []

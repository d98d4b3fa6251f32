"""Two ways lead to a client, straight onto its wire or through its queue. One message must not overtake another."""

import gevent
import pytest
import socketio
from engineio.socket import Socket
from gevent import socket as green
from gevent.event import Event

from cityexchange.core.sockets import wires
from cityexchange.core.sockets.fanout import Fanout, Json, frame

pytestmark = pytest.mark.no_app


class Line:
    """A client of a real Socket.IO server on a real socket, whose other end is read only when the test wants it."""

    def __init__(self, queue=wires.Outgoing):
        self.server = socketio.Server(async_mode="gevent", client_manager=Fanout(), json=Json)
        self.server.eio._async = {**self.server.eio._async, "queue": queue}
        near, self.far = green.socketpair()
        near._sock.setsockopt(green.SOL_SOCKET, green.SO_SNDBUF, 4096)
        self.client = self.enter(near)
        self.raw = near._sock
        self.writer = gevent.spawn(self.client._websocket_handler, self)
        gevent.sleep(0)  # the library's writer waits with empty hands

    def enter(self, near):
        client = self.server.eio.sockets["engine"] = Socket(self.server.eio, "engine")
        client.wire = wires.Wire(near, patience=5)
        self.server.manager.set_server(self.server)
        line = self.server.manager.connect("engine", "/")
        self.server.manager.enter_room(line, "/", "room")
        return client

    # What the library asks of a WebSocket.
    def send(self, text):
        self.client.wire.send(frame(text))

    def wait(self):
        Event().wait()

    def close(self): ...

    def tell(self, *numbers):
        for number in numbers:
            self.server.manager.emit("told", number, "/", room="room")

    def fill(self):
        """The network takes no more."""
        with pytest.raises(BlockingIOError):
            while True:
                self.raw.send(b"\x8a\x00", green.MSG_DONTWAIT)

    def drain(self):
        """The network takes everything again; nobody else has had a turn in between."""
        heard = b""
        try:
            while True:
                heard += self.far._sock.recv(65536, green.MSG_DONTWAIT)
        except BlockingIOError:
            return heard

    def heard(self):
        gevent.idle()  # the writer has had its turns
        parts = self.drain().replace(b"\x8a\x00", b"").split(b'["told",')[1:]
        return [int(part.split(b"]")[0]) for part in parts]


def overtake(line):
    """Some are told while the socket is full, the next the moment it has room, before the queue's writer has had its turn."""
    line.fill()
    line.tell(1, 2, 3)
    line.drain()
    line.tell(4, 5)
    return line.heard()


def test_who_has_something_waiting_gets_the_next_behind_it():
    assert overtake(Line()) == [1, 2, 3, 4, 5]


def test_the_test_above_would_see_a_message_overtake_another(monkeypatch):
    """The wall taken out: a queue that always seems drained."""
    always = property(lambda queue: True, lambda queue, value: None)
    monkeypatch.setattr(wires.Outgoing, "is_drained", always)
    assert overtake(Line()) == [4, 5, 1, 2, 3]


def test_nothing_overtakes_what_the_writer_has_in_its_hands():
    line = Line()
    line.fill()
    line.tell(1)
    gevent.sleep(0)  # the writer has taken it out of the queue and waits for room
    line.tell(2)
    line.drain()
    line.tell(3)
    assert line.heard() == [1, 2, 3]


def test_once_the_queue_is_empty_the_straight_way_is_taken_again():
    line = Line()
    assert overtake(line) == [1, 2, 3, 4, 5]
    line.tell(6)
    assert b'["told",6]' in line.drain(), "before the writer could have had a turn"

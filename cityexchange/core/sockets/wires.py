"""The WebSocket side of a line, so made that a frame can be written to it at once.

engineio gives every client a queue and a writer greenlet, and simple-websocket sends with one `send()` that may
write half a frame. Here all frames of a client pass through one `Wire`, which writes them whole and one after
the other; and the client's queue says whether its writer has anything left to write. A quiet line holds two greenlets, not four.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from typing import Any

import gevent
import simple_websocket
from engineio.async_drivers import gevent as driver
from engineio.packet import PING, Packet
from engineio.socket import Socket
from gevent import monkey
from gevent.lock import Semaphore
from gevent.socket import MSG_DONTWAIT
from gevent.socket import socket as GreenSocket
from simple_websocket import ConnectionClosed
from wsproto.utilities import ProtocolError, RemoteProtocolError

from cityexchange.core.sockets import frames
from cityexchange.core.sockets.capacity import pace
from cityexchange.core.sockets.queues import Outgoing

log = logging.getLogger(__name__)

TRIED = {"python-engineio": "4.15", "python-socketio": "5.18", "simple-websocket": "1.1", "gevent": "26.9"}
"""The versions whose inner order of events was read and tested; others fall back to the libraries' own way."""


MOMENT = 0.1
"""Seconds between two looks whether a client reads again."""


class Wire:
    """A client's socket for whole frames only. Stands in for the socket that simple-websocket expects."""

    __slots__ = ("lock", "raw", "sock")

    def __init__(self, sock: GreenSocket, patience: float):
        """`patience`: seconds without an answer or without room to write, after which the line is dead."""
        self.sock, self.raw = sock, sock._sock
        self.lock = Semaphore()
        sock.settimeout(patience)

    def recv(self, most: int) -> bytes:
        return self.sock.recv(most)

    def fileno(self) -> int:
        return self.sock.fileno()

    def send(self, frame: bytes) -> int:
        """Writes all of it, waiting for its turn and for room. OSError when the client is gone."""
        with self.lock:
            try:
                self.sock.sendall(frame)
            except OSError:
                self.close()  # perhaps half a frame is out: nothing sensible can follow
                raise
        return len(frame)

    def send_now(self, frame: bytes) -> bool:
        """Writes without waiting. False: nothing was written, so it has to wait in the queue."""
        if self.lock.locked():
            return False
        try:
            written = self.raw.send(frame, MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True  # gone: the reader will notice, and there is nobody to queue it for
        if written < len(frame):
            self.lock.acquire()
            gevent.spawn(self._send_rest, frame[written:])
        return True

    def _send_rest(self, rest):
        try:
            self.sock.sendall(rest)
        except OSError:
            self.close()
        finally:
            self.lock.release()

    def close(self):
        with suppress(OSError):
            self.sock.shutdown(2)
        self.sock.close()


class Nobody:
    """Stands in for simple-websocket's reading thread, and for the event that it would set."""

    name = ""

    def __init__(self, target: Callable[[], None] | None = None): ...

    def start(self) -> None: ...

    set = start


class Reader(simple_websocket.Server):
    """Reads when it is asked for a message, in the greenlet that asks: a greenlet of its own would cost 12 KB a line.

    So a client that sends faster than its events are handled has to wait, too.
    """

    def __init__(self, environ: dict[str, Any], largest: int):
        super().__init__(environ, max_message_size=largest, event_class=Nobody, thread_class=Nobody)
        # The greeting is over, and as big as all the rest.
        self.environ: dict[str, Any] = {}
        self.ws: Any = self.ws.connection

    def receive(self, timeout: float | None = None) -> str | bytes:
        while not self.input_buffer:
            if not self.connected:
                raise ConnectionClosed(self.close_reason, self.close_message)
            self._read_on()
        if len(self.input_buffer) > 1:
            gevent.sleep(0)  # who sends without a pause takes turns with the others
        return self.input_buffer.pop(0)

    def _read_on(self):
        try:
            if not (some := self.sock.recv(self.receive_bytes)):
                raise OSError("the client is gone")
            self.ws.receive_data(some)
            self.connected = self._handle_events()
        except (OSError, ProtocolError):
            self.connected = False
        if not self.connected:
            self.sock.close()


class WiredWebSocket(driver.WebSocketWSGI):
    """engineio's WebSocket over a Wire, without compression, with a limit on what a client may send."""

    def __init__(self, handler, server):
        super().__init__(handler, server)
        self.client = handler.__self__
        self.patience = server.ping_interval + server.ping_timeout
        self.largest = self.server_args["max_message_size"] = server.max_http_buffer_size

    def __call__(self, environ, start_response):
        sock = environ.get("gunicorn.socket")
        if type(sock) is not GreenSocket:
            return super().__call__(environ, start_response)
        self.client.wire = Wire(sock, self.patience)
        # A compressed frame belongs to one client's stream; ours are the same bytes for all.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        environ.pop("eventlet.input", None)  # kept as long as the line, with a class of its own
        try:
            self.ws = Reader({**environ, "gunicorn.socket": self.client.wire}, self.largest)
        except RemoteProtocolError:
            start_response("400 BAD REQUEST", [("Content-Type", "text/plain")])
            return [b"Bad Request"]
        self.app(self)
        raise StopIteration  # gunicorn's sign that the socket is ours

    def wait(self):
        """The next packet, if it is one; else the line is over."""
        self._wait_for_reader()
        said = super().wait()
        if said is None:
            return None
        if reason := frames.unwanted(said):
            return frames.end_line(self.client, reason)
        pace(self.client)
        return said

    def _wait_for_reader(self):
        while self.client.queue.is_unread and self.ws.connected and not self.client.closed:
            gevent.sleep(MOMENT)

    def close(self):
        with suppress(OSError):  # the client is gone already
            super().close()


def task(target, args=(), kwargs=None):
    """What engineio runs in the background. The wait before a ping, nearly all of a quiet line's life, needs no greenlet."""
    if getattr(target, "__func__", None) is Socket._send_ping:
        return Ping(target.__self__)
    return driver.Thread(target, args, kwargs or {})


class Ping:
    """`Socket._send_ping` after its sleep."""

    def __init__(self, client: Socket):
        self.client = client

    def start(self) -> None:
        gevent.spawn_later(self.client.server.ping_interval, self.send)

    def send(self) -> None:
        client = self.client
        if not client.closing and not client.closed:
            client.last_ping = time.time()
            client.send(Packet(PING))


def equip(server) -> bool:
    """Gives an engineio server our queues and wires, where it runs as we tried it. False: it keeps its own."""
    if server.async_mode != "gevent" or not monkey.is_module_patched("socket"):
        return False
    if strange := [name for name, tried in TRIED.items() if not version(name).startswith(f"{tried}.")]:
        log.warning("live fan-out is the libraries' own: untried version of %s", ", ".join(strange))
        return False
    gevent.config.track_greenlet_tree = False  # who began which greenlet: 3 KB a line, for debugging only
    server._async = {**server._async, "queue": Outgoing, "websocket": WiredWebSocket, "thread": task}
    return True

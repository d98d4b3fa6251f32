"""The WebSocket side of a line, so made that a frame can be written to it at once.

engineio gives every client a queue and a writer greenlet, and simple-websocket sends with one `send()` that may
write half a frame. Here all frames of a client pass through one `Wire`, which writes them whole and one after
the other; and the client's queue says whether its writer has anything left to write.
"""

import contextlib
import logging
from contextlib import suppress
from importlib.metadata import version

import gevent
from engineio.async_drivers import gevent as driver
from gevent import monkey
from gevent.lock import Semaphore
from gevent.queue import JoinableQueue
from gevent.socket import MSG_DONTWAIT
from gevent.socket import socket as GreenSocket
from wsproto.utilities import RemoteProtocolError

log = logging.getLogger(__name__)

TRIED = {
    "python-engineio": "4.15",
    "python-socketio": "5.18",
    "simple-websocket": "1.1",
    "gevent": "26.9",
}
"""The versions whose inner order of events was read and tested; others fall back to the libraries' own way."""


class Outgoing(JoinableQueue):
    """A client's queue that knows when its writer waits with empty hands.

    `is_drained` is true from the moment the writer, having written all it took, waits for more, until something
    is put in. Only then may a frame go past the queue without going past another.
    """

    is_drained = False

    def put(self, item, block=True, timeout=None):
        self.is_drained = False
        super().put(item, block, timeout)

    def get(self, block=True, timeout=None):
        self.is_drained = block and self.empty()
        return super().get(block, timeout)


class Wire:
    """A client's socket for whole frames only. Stands in for the socket that simple-websocket expects."""

    def __init__(self, sock: GreenSocket, patience: float):
        """`patience`: seconds without an answer or without room to write, after which the line is dead."""
        self.sock = sock
        self.lock = Semaphore()
        self._send_what_fits = sock._sock.send
        self.recv, self.fileno = sock.recv, sock.fileno
        sock.settimeout(patience)

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
            written = self._send_what_fits(frame, MSG_DONTWAIT)
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
        with contextlib.suppress(OSError):
            self.sock.shutdown(2)
        self.sock.close()


class WiredWebSocket(driver.WebSocketWSGI):
    """engineio's WebSocket over a Wire, without compression, with a limit on what a client may send."""

    def __init__(self, handler, server):
        super().__init__(handler, server)
        self.client = handler.__self__
        self.patience = server.ping_interval + server.ping_timeout
        self.server_args["max_message_size"] = server.max_http_buffer_size

    def __call__(self, environ, start_response):
        sock = environ.get("gunicorn.socket")
        if type(sock) is GreenSocket:
            self.client.wire = Wire(sock, self.patience)
            environ = {**environ, "gunicorn.socket": self.client.wire}
        # A compressed frame belongs to one client's stream; ours are the same bytes for all.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        try:
            return super().__call__(environ, start_response)
        except RemoteProtocolError:
            start_response("400 BAD REQUEST", [("Content-Type", "text/plain")])
            return [b"Bad Request"]

    def close(self):
        with suppress(OSError):  # the client is gone already
            super().close()


def equip(server) -> bool:
    """Gives an engineio server our queues and wires, where it runs as we tried it. False: it keeps its own."""
    if server.async_mode != "gevent" or not monkey.is_module_patched("socket"):
        return False
    if strange := [name for name, tried in TRIED.items() if not version(name).startswith(f"{tried}.")]:
        log.warning("live fan-out is the libraries' own: untried version of %s", ", ".join(strange))
        return False
    server._async = {**server._async, "queue": Outgoing, "websocket": WiredWebSocket}
    return True

"""A TCP proxy that does to a line what networks do: passes it on, slowly, cuts it, swallows it, or takes nobody.

    with Proxy(server.port) as proxy: proxy.port; proxy.begin(BLACK_HOLE); proxy.mend()

A fault holds for open lines too, from the next bytes on.
"""

import contextlib
import selectors
import socket
import struct
import threading
import time
from dataclasses import dataclass

NOW = struct.pack("ii", 1, 0)
"""SO_LINGER by which closing is a reset."""


@dataclass(frozen=True)
class Fault:
    """`seconds` before anything is passed on; `answer` at most that many bytes of each line's answers, then a reset.
    `swallows`: taken, and never passed on. `refuses`: lines are reset, open ones and new ones."""

    seconds: float = 0
    answer: int | None = None
    swallows: bool = False
    refuses: bool = False


NONE, SLOW, RESET, BLACK_HOLE, CUT = (
    Fault(),
    Fault(seconds=0.05),
    Fault(refuses=True),
    Fault(swallows=True),
    Fault(answer=120),
)


class Proxy:
    def __init__(self, port):
        self.target, self.fault = port, NONE
        self.pairs, self.doomed = set(), set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.take, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.door.close()
        self.cut()

    def begin(self, fault):
        self.fault = fault
        if fault.refuses:
            self.cut()

    def mend(self):
        """Lines that lost something on the way are reset: nobody could read on."""
        was, self.fault = self.fault, NONE
        if was.swallows or was.answer is not None:
            self.cut()

    def cut(self):
        for pair in list(self.pairs):
            self.doomed.add(pair)
            for line in pair:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RD)  # whoever serves it hears the end

    def take(self):
        with contextlib.suppress(OSError):  # the door was closed
            while True:
                line, _ = self.door.accept()
                threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line):
        if self.fault.refuses:
            return end([line], was_torn=True)
        try:
            other = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return end([line], was_torn=True)
        self.pairs.add(pair := (line, other))
        was_torn = True
        with contextlib.suppress(OSError):
            was_torn = self.pass_on(line, other) or pair in self.doomed
        end(pair, was_torn)
        self.pairs.discard(pair)
        self.doomed.discard(pair)

    def pass_on(self, line, other):
        """Until one of them ends it; True where the fault did."""
        answered = 0
        with selectors.DefaultSelector() as poll:
            for one, to in ((line, other), (other, line)):
                poll.register(one, selectors.EVENT_READ, to)
            while True:
                for key, _ in poll.select():
                    if not (data := key.fileobj.recv(1 << 16)):
                        return False
                    fault = self.fault
                    time.sleep(fault.seconds)
                    if key.fileobj is other and fault.answer is not None:
                        data, answered = data[: max(0, fault.answer - answered)], answered + len(data)
                    if not fault.swallows:
                        key.data.sendall(data)
                    if fault.answer is not None and answered >= fault.answer:
                        return True


def end(lines, was_torn):
    """A reset takes along what the other side has not read yet; an end in order leaves it."""
    for line in lines:
        with contextlib.suppress(OSError):
            if was_torn:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOW)
        line.close()

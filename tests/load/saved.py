"""What a saved message costs on the real application: members in one room, some of whom post at a steady pace.

CPU is the whole server's and the store's, deliveries included; the report takes those off, by what one costs in the live table.
"""

import json
import re
import selectors
import socket
import time
from itertools import cycle

from tests.load.measuring import cpu

LISTENERS, PACE, POSTERS = 200, 20, 8
"""Nobody may post more than six messages a second, so eight take turns."""
HELLO = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
WORDS = "We have opened a desk for newcomers in the town hall; **{}** people came in the first week. What did you do?"


class Listener:
    """A WebSocket by hand, masked with zeros, which the protocol allows."""

    def __init__(self, base, cookie):
        host = base.split("//")[1]
        self.line = socket.create_connection(host.split(":"))
        self.line.sendall(HELLO.format(host=host, cookie=cookie).encode())
        assert b" 101 " in self.line.recv(4096), "no WebSocket"
        self.say("40")

    def say(self, text):
        body = text.encode()
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        self.line.sendall(b"\x81" + size + bytes(4) + body)

    def tell(self, event, **payload):
        self.say("421" + json.dumps([event, payload]))


class Crowd:
    """All listeners, read by one loop that counts what arrives."""

    def __init__(self, base, readers, room):
        self.delivered = self.saved = 0
        self.poll = selectors.DefaultSelector()
        cookies = cycle(reader.headers["Cookie"] for reader in readers)
        self.listeners = [Listener(base, next(cookies)) for _ in range(LISTENERS)]
        for listener in self.listeners:
            self.poll.register(listener.line, selectors.EVENT_READ, listener)
        self.listen(2)
        for listener in self.listeners:
            listener.tell("room:enter", room_id=room, after=10**6)
        self.listen(3)
        self.room = room

    def listen(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for key, _ in self.poll.select(left):
                heard = key.fileobj.recv(1 << 16)
                self.delivered += heard.count(b'"message:posted"')
                self.saved += heard.count(b'[{"ok":true,"id":')
                if b"\x81\x012" in heard:
                    key.data.say("3")

    def talk(self, seconds, name):
        began = time.monotonic()
        for number in range(seconds * PACE):
            poster = self.listeners[number % POSTERS]
            poster.tell(
                "message:post", room_id=self.room, text=WORDS.format(number), nonce=f"{name}-{number}"
            )
            self.listen(max(0, began + (number + 1) / PACE - time.monotonic()))
        self.listen(1)


def saved_cell(base, readers, pids, seconds):
    """CPU milliseconds and deliveries for each saved message."""
    page = readers[0].opener.open(f"{base}/chat").read().decode()
    crowd = Crowd(base, readers, int(re.search(r"/chat/rooms/(\d+)", page)[1]))
    crowd.talk(1, f"warm-{time.time()}")
    crowd.delivered = crowd.saved = 0
    before = cpu(*pids)
    crowd.talk(seconds, f"bench-{time.time()}")
    used, saved = cpu(*pids) - before, max(1, crowd.saved)
    for listener in crowd.listeners:
        listener.line.close()
    return {
        "ms": used * 1000 / saved, "deliveries": crowd.delivered / saved, "saved": crowd.saved / (seconds * PACE),
    }  # fmt: skip

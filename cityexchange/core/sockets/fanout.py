"""A message for a channel is encoded and framed once, and written to each client with one call.

A client whose queue is not empty, whose socket is full, who upgrades or polls, gets the same packet through the
libraries' ordinary way, which keeps its order. Measured in docs/scale.md.
"""

import struct
import time
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from engineio import json as engineio_json
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from flask import has_app_context
from socketio.manager import Manager
from socketio.packet import EVENT
from socketio.redis_manager import RedisManager
from werkzeug.utils import import_string

from cityexchange.core.databases import is_writing
from cityexchange.core.sockets import outbox
from cityexchange.core.sockets.frames import insist_on_flat

log = structlog.get_logger("cityexchange")


class Json:
    """The encoder of packets. Reading stays the library's own: it hands bad strings on, to be refused politely."""

    JSONDecodeError = engineio_json.JSONDecodeError

    @staticmethod
    def loads(text: str | bytes) -> Any:
        if isinstance(text, str):  # a client's; bytes are our own, by way of Redis
            insist_on_flat(text)
        return engineio_json.loads(text)

    @staticmethod
    def dumps(data: Any, **_style: Any) -> str:
        return orjson.dumps(data).decode()


def frame(text: str) -> bytes:
    """One unmasked, uncompressed text frame (RFC 6455, 5.2)."""
    payload = text.encode()
    length = len(payload)
    if length < 126:
        head = bytes((0x81, length))
    elif length < 65536:
        head = b"\x81\x7e" + struct.pack("!H", length)
    else:
        head = b"\x81\x7f" + struct.pack("!Q", length)
    return head + payload


class Fanout(Manager):
    """Socket.IO's list of clients, with a faster way to all followers of a channel.

    `orders` are emits that the servers keep for themselves: they travel as what clients are told travels,
    so that they reach every process, but are carried out instead of told. `begin` is called once, before the
    first line of this process opens.
    """

    orders: dict[str, Callable[..., Any]] = {}
    begin: Callable[[], Any] = staticmethod(lambda: None)

    def initialize(self):
        super().initialize()
        self.begin()

    def emit(self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **kwargs):
        if event in self.orders:
            return self.orders[event](**data)
        room = to or room
        if callback or skip_sid or isinstance(data, tuple) or namespace not in self.rooms:
            return super().emit(
                event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **kwargs
            )
        packet = self.server.packet_class(EVENT, namespace=namespace, data=[event, data], binary=False)
        self._write_to_all(EnginePacket(MESSAGE, packet.encode()), namespace, room)

    def _write_to_all(self, packet, namespace, room):
        """Never yields: two messages reach all clients in the same order."""
        whole, clients = frame(packet.encode()), self.server.eio.sockets
        for _, engine_id in self.get_participants(namespace, room):
            client = clients.get(engine_id)
            if client is None or not self._write_at_once(client, whole):
                self.server._send_eio_packet(engine_id, packet)

    @staticmethod
    def _write_at_once(client, whole):
        wire = getattr(client, "wire", None)
        if wire is None or not client.upgraded or client.closed or not client.queue.is_drained:
            return False
        return wire.send_now(whole)


ONE_TRY = 1
"""Seconds for a line to Redis, and for its answer. Threat: whoever said something waits for it."""
PAUSE = 10
"""Seconds after a try that failed, in which there is no other."""


class RedisFanout(RedisManager, Fanout):
    """The same in several processes: each hears through Redis what was told, and encodes it once for its own.

    What Redis does not take goes as a row, which the others read a moment later (core/sockets/outbox.py).
    """

    sender: Any = None
    away_until = 0.0

    def _publish(self, data):
        if time.monotonic() >= self.away_until:
            try:
                return self._line().publish(self.channel, self.json.dumps(data))
            except import_string("redis:RedisError") as error:
                log.warning("Redis does not take what is told", error=type(error).__name__)
                self.away_until = time.monotonic() + PAUSE
        self._put_as_row(data)

    def _line(self):
        if self.sender is None:
            # A line that Redis has closed meanwhile is made anew; silence is not asked twice.
            lost, no_pause = import_string("redis:ConnectionError"), import_string("redis.backoff:NoBackoff")
            once_more = import_string("redis.retry:Retry")(no_pause(), 1, supported_errors=(lost,))
            limits = {"socket_timeout": ONE_TRY, "socket_connect_timeout": ONE_TRY}
            self.sender = import_string("redis:Redis").from_url(self.redis_url, retry=once_more, **limits)
        return self.sender

    def _put_as_row(self, data):
        """Orders are rows already; what a unit tells that only reads is of the moment, as that somebody types."""
        is_told = data["method"] == "emit" and data["event"] not in self.orders and not data["binary"]
        if is_told and has_app_context() and is_writing.get():
            outbox.put(data["event"], data["data"][0], data["room"])


def manager(redis_url: str | None, orders: dict[str, Callable[..., Any]], begin: Callable[[], Any]) -> Fanout:
    made = RedisFanout(redis_url, channel="cityexchange") if redis_url else Fanout()
    made.orders, made.begin = orders, begin
    return made

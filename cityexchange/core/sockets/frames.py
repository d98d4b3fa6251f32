"""What comes in on a line: events as short, flat text. All else ends the line, in one line of the log.

The protocol has more: binary packets, whose attachments it gathers without end before any handler sees them, lines within a
line, answers that we never ask for. None of it is ours.
"""

import re
from typing import Any

import structlog
from engineio.exceptions import ContentTooLongError, EngineIOError
from engineio.socket import Socket
from socketio.packet import BINARY_ACK, BINARY_EVENT, CONNECT, DISCONNECT, EVENT, Packet

from cityexchange.core.sockets.capacity import pace

log = structlog.get_logger("cityexchange")
DEEPEST = 8
"""Lists and objects inside each other. Ours are an event's list and its one dictionary."""
BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?+|([\[{])|[\]}]', re.DOTALL)
OURS = {str(kind) for kind in (CONNECT, DISCONNECT, EVENT)}
BINARY = {str(kind) for kind in (BINARY_EVENT, BINARY_ACK)}
TRANSPORT = tuple("0123456")
"""What a packet of the transport begins with, if it is text."""
RESERVED = {"connect", "disconnect"}
"""Names that the library gives to beginnings and ends: a client that says them would play the server."""


class Unwanted(ValueError):
    """Says why, in words for the log; never what was sent."""


class Frame(Packet):
    """A packet as clients may send it. Ours never hold bytes, so nobody needs to look through them for some."""

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> int:
        if encoded_packet[:1] not in OURS:
            raise Unwanted("binary packet" if encoded_packet[:1] in BINARY else "unknown packet")
        try:
            attachments = super().decode(encoded_packet)
        except (ValueError, LookupError, TypeError) as error:
            raise Unwanted("unreadable packet") from error
        if attachments or self.namespace not in (None, "/") or not self._has_name():
            raise Unwanted("packet of another shape")
        return 0

    def _has_name(self):
        if self.packet_type != EVENT:
            return True
        name = self.data[0] if isinstance(self.data, list) and self.data else None
        return isinstance(name, str) and name not in RESERVED


def insist_on_flat(text: str) -> None:
    """Before it is read: what is nested without end takes a reader's stack, or ours."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return
    depth = 0
    for sign in BRACKETS.finditer(text):
        if sign[0][0] != '"':
            depth += 1 if sign[1] else -1
        if depth > DEEPEST:
            raise Unwanted("nested too deep")


def unwanted(said: str | bytes) -> str | None:
    """What is wrong with a packet of the transport, before the library reads it. None for one that it can read."""
    if isinstance(said, bytes) or said[:1] == "b":
        return "binary packet"
    return None if said.startswith(TRANSPORT) else "unreadable packet"


def take(server: Any, engine_id: str, said: Any) -> None:
    """What a line said, to the Socket.IO server, which calls our handlers; what is unwanted ends the line instead."""
    try:
        if not isinstance(said, str) or not said:
            raise Unwanted("binary packet" if isinstance(said, bytes) else "packet of another shape")
        server._handle_eio_message(engine_id, said)
    except Unwanted as reason:
        if client := server.eio.sockets.get(engine_id):
            end_line(client, str(reason))


def take_body(client: Socket, environ: dict[str, Any]) -> None:
    """What a line says by an ordinary request; the library's own way, but for what it cannot read."""
    pace(client)
    try:
        Socket.handle_post_request(client, environ)
    except (ValueError, LookupError):
        end_line(client, "unreadable packet")
    except ContentTooLongError:
        end_line(client, "too long")
    if client.closed:
        raise EngineIOError


def end_line(client: Socket, reason: str) -> None:
    """Without a goodbye: whoever breaks the rules is not waited for."""
    if not client.closed:
        log.warning("line ended", reason=reason)
        client.close(wait=False, abort=True, reason=client.server.reason.SERVER_DISCONNECT)
    if wire := getattr(client, "wire", None):
        wire.close()

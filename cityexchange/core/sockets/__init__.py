"""Live connections. What goes out is data; the words around it come with the page.

Clients never name a channel: they name a record, and the server picks the channel after the same policy
check a page would make. `handler` gives an event what a request has, `tell` reaches whoever follows a record,
`hang_up` closes a member's lines in every process.
"""

from cityexchange.core.sockets import outbox
from cityexchange.core.sockets.handling import handler
from cityexchange.core.sockets.lines import (
    announce,
    channel,
    follow,
    hang_up,
    init_app,
    line_ended,
    my_line,
    socketio,
    tell,
    tell_line,
    unfollow,
)

__all__ = [
    "announce",
    "channel",
    "follow",
    "handler",
    "hang_up",
    "init_app",
    "line_ended",
    "my_line",
    "outbox",
    "socketio",
    "tell",
    "tell_line",
    "unfollow",
]

"""Live connections. What goes out is data; the words around it come with the page.

Clients never name a channel: they name a record, and the server picks the channel after the same policy
check a page would make. `handler` gives an event what a request has, `tell` reaches whoever follows a record,
`hang_up`, `empty` and `look_again` close lines in every process when rights are lost.
"""

from cityexchange.core.sockets import outbox
from cityexchange.core.sockets.doors import init_app
from cityexchange.core.sockets.expiry import expiring_rights
from cityexchange.core.sockets.handling import handler
from cityexchange.core.sockets.lines import (
    announce,
    channel,
    follow,
    line_began,
    line_ended,
    members_here,
    my_line,
    socketio,
    spread_of,
    tell,
    tell_line,
    tell_member_here,
    unfollow,
)
from cityexchange.core.sockets.orders import errand
from cityexchange.core.sockets.rights import empty, hang_up, look_again

__all__ = [
    "announce",
    "channel",
    "empty",
    "errand",
    "follow",
    "handler",
    "hang_up",
    "init_app",
    "expiring_rights",
    "line_began",
    "line_ended",
    "look_again",
    "members_here",
    "my_line",
    "outbox",
    "socketio",
    "spread_of",
    "tell",
    "tell_line",
    "tell_member_here",
    "unfollow",
]

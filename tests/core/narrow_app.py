"""The probe application with little room on its lines: what fills it stays small."""

from cityexchange.core.limits import MEMBER, Limit
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets import capacity, queues
from tests.core.live_app import app

__all__ = ["app"]
queues.MOST_WAITING, queues.MOST_UNREAD = 400_000, 100_000
capacity.OF_MEMBER, capacity.OF_NETWORK = 3, 5
capacity.PACKETS = Limit("probe:packet", most=200, seconds=3600, each=MEMBER, store=PROCESS)
capacity.PAUSE = 3600
"""A line that is read more slowly is read no more: how slowly is the clock's."""

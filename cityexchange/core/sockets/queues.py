"""What waits for a client: in order, counted, and bounded."""

from collections.abc import Callable
from typing import Any

import gevent
from gevent.queue import JoinableQueue

MOST_WAITING = 10 * 1024 * 1024
"""Signs that wait for one client. What all are told lies there once for all of them."""
MOST_UNREAD = 256 * 1024
"""The same, after which nobody listens to the client before it reads: what it asks for would wait, too."""
OF_A_PACKET = 100


class Outgoing(JoinableQueue):
    """A client's queue that knows when its writer waits with empty hands.

    `is_drained` is true from the moment the writer, having written all it took, waits for more, until something
    is put in. Only then may a frame go past the queue without going past another. What waits for a client that does not
    read is bounded: beyond MOST_WAITING nothing is taken in any more and `overflow` is called, once.
    """

    __slots__ = ("is_drained", "overflow", "waiting")

    def __init__(self):
        super().__init__()
        self.is_drained, self.waiting = False, 0
        self.overflow: Callable[[], Any] | None = None

    def put(self, item, block=True, timeout=None):
        is_first, self.is_drained = self.waiting <= 0, False
        self.waiting += _size(item)
        if item is None or is_first or self.waiting <= MOST_WAITING:
            super().put(item, block, timeout)
        elif self.overflow:
            gevent.spawn(self.overflow)
            self.overflow = None

    def get(self, block=True, timeout=None):
        self.is_drained = block and self.empty()
        item = super().get(block, timeout)
        self.waiting -= _size(item)
        return item

    @property
    def is_unread(self) -> bool:
        return self.waiting > MOST_UNREAD


def _size(item):
    return len(item.encode()) + OF_A_PACKET if item else 0

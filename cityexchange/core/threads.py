"""Slow work beside the event loop, so that other members' answers do not wait for it."""

import os
import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent import monkey
from gevent.lock import BoundedSemaphore

from cityexchange.core.transactions import let_go

_cores = BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""One core is left to the event loop, however many wait: fifty hashes asked for at once would take all of them from everybody."""


def run_in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Does pure work (a hash, an image) in a thread and waits for it like a greenlet. See `let_go`."""
    let_go()
    if not monkey.is_module_patched("threading"):
        return work(*arguments)
    with _cores:
        return gevent.get_hub().threadpool.apply(work, arguments)


class Rests:
    """For work of Python alone, which calls it now and then: half of the time belongs to the event loop, in long pieces.

    Threads take the interpreter from each other after 5 ms at the earliest, and the event loop lets it go at every question to the
    database and every answer to a browser: a page of thirty such moments would wait for all of them.
    """

    WORK = REST = 0.003
    """Seconds."""

    def __init__(
        self, clock: Callable[[], float] = time.perf_counter, sleep: Callable[[float], None] | None = None
    ):
        # gevent's own would make an event loop for this thread.
        self._clock, self._sleep = clock, sleep or monkey.get_original("time", "sleep")
        self._until = 0.0

    def __call__(self) -> None:
        if self._clock() >= self._until:
            self._sleep(self.REST)
            self._until = self._clock() + self.WORK

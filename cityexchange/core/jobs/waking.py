"""Wakes of the worker, debounced: each costs a write of its own, so many at a time are the first and one at the end."""

import logging
import time
from collections.abc import Callable
from functools import partial
from threading import Timer

DEBOUNCE = 0.5
"""Seconds: as long as the worker may take to hear a wake anyway."""
PAUSE = 30
"""Seconds after a wake that was long in failing. The next request is not to wait for the same: the worker goes its rounds."""
log = logging.getLogger(__name__)


def by_timer(seconds: float, deed: Callable[[], None]) -> None:
    timer = Timer(seconds, deed)
    timer.daemon = True  # a command need not wait for it: the worker goes its rounds as well
    timer.start()


class Waker:
    """Sends the wakes of this process. What is woken within the debounce time is found by the wake that ends it."""

    def __init__(
        self,
        send: Callable[[str], object],
        debounce: float = DEBOUNCE,
        now: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], None] = by_timer,
    ):
        self.send, self.debounce, self.now, self.later = send, debounce, now, later
        self.sent_at: dict[str, float] = {}
        self.waiting: set[str] = set()

    def wake(self, name: str) -> None:
        wait = self.sent_at.get(name, -self.debounce) + self.debounce - self.now()
        if wait <= 0:
            self._send(name)
        elif name not in self.waiting:
            self.waiting.add(name)
            self.later(wait, partial(self._send_late, name))

    def _send(self, name):
        began = self.sent_at[name] = self.now()
        self.waiting.discard(name)
        try:
            self.send(name)
        except Exception:
            if self.now() > began + self.debounce:
                self.sent_at[name] = self.now() + PAUSE
            raise

    def _send_late(self, name):
        try:
            self._send(name)
        except Exception:
            log.exception("the worker could not be woken: %s", name)

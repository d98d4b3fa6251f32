"""How often a member may do a thing, counted in this process."""

import math
import time
from collections import deque
from collections.abc import Callable, Hashable

from werkzeug.exceptions import TooManyRequests


class Allowance:
    """`count` times in `seconds`, for each key of its own."""

    def __init__(self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic):
        self.count, self.seconds, self.clock = count, seconds, clock
        self.spent: dict[Hashable, deque[float]] = {}
        self._swept_at = clock()

    def spend(self, key: Hashable) -> float:
        """0 and one less to spend, or the seconds until there is one again."""
        now = self.clock()
        self._sweep(now)
        times = self.spent.setdefault(key, deque(maxlen=self.count))
        if len(times) == self.count and (wait := times[0] + self.seconds - now) > 0:
            return wait
        times.append(now)
        return 0

    def insist(self, key: Hashable) -> None:
        """Spends one, or raises TooManyRequests (429 with Retry-After)."""
        if wait := self.spend(key):
            raise TooManyRequests(retry_after=math.ceil(wait))

    def _sweep(self, now):
        """Forgets who has been quiet, so that the list does not grow with the years."""
        if now - self._swept_at > self.seconds:
            self.spent = {key: times for key, times in self.spent.items() if now - times[-1] < self.seconds}
            self._swept_at = now

"""Where limits are counted. DATABASE is shared by processes and kept over restarts; PROCESS is cheap, for look-ups and live events."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import String, bindparam, case, delete, or_, update
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, insert, utcnow
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute
from cityexchange.core.transactions import at_once

SWEPT_EVERY = 60
"""Seconds, in a process."""


class Store(Protocol):
    """What a Limit asks; each key is counted by itself."""

    def count(self, key: str, most: int, seconds: int) -> float:
        """One more. 0, or beyond `most` in `seconds` the seconds until there is room again."""

    def give_back(self, key: str) -> None: ...

    def forget(self, key: str) -> None: ...

    def at_once(self) -> AbstractContextManager[None]:
        """What is counted inside is kept, whatever becomes of the unit of work."""


class TryCount(db.Model):
    """Tries under one key until the window ends."""

    __tablename__ = "try_counts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=0)


class InDatabase:
    """A window begins with the first try, and another with the first after its end.

    One that ends later than it could is of a clock that was ahead: it ends as if it began now.
    """

    def __init__(self, clock: Callable[[], datetime] = utcnow):
        self.clock = clock

    def count(self, key: str, most: int, seconds: int) -> float:
        now = self.clock()
        bind_values = {"key": key, "count": 1, "window_ends_at": now + timedelta(seconds=seconds), "now": now}
        count, ends = tuple(execute(_one_more(), bind_values).one())
        return (ends - now).total_seconds() if count > most else 0

    def give_back(self, key: str) -> None:
        one_less = update(TryCount).where(TryCount.key == key, TryCount.count > 0)
        db.session.execute(one_less.values(count=TryCount.count - 1))

    def forget(self, key: str) -> None:
        db.session.execute(delete(TryCount).where(TryCount.key == key))

    def at_once(self) -> AbstractContextManager[None]:
        return at_once()


class InProcess:
    """Each try counts until `seconds` after it. What is undone has counted."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.tries: dict[str, deque[float]] = {}
        """Until when each counts, the oldest first."""
        self._swept_at = clock()

    def count(self, key: str, most: int, seconds: int) -> float:
        now = self.clock()
        self._sweep(now)
        ends = self.tries.setdefault(key, deque())
        if wait := self._wait(ends, most, now):
            return wait
        ends.append(now + seconds)
        return 0

    def seconds_until_room(self, key: str, most: int) -> float:
        ends = self.tries.get(key)
        return self._wait(ends, most, self.clock()) if ends else 0

    def _wait(self, ends, most, now):
        while ends and ends[0] <= now:
            ends.popleft()
        return ends[0] - now if len(ends) >= most else 0

    def give_back(self, key: str) -> None:
        if ends := self.tries.get(key):
            ends.pop()

    def forget(self, key: str) -> None:
        self.tries.pop(key, None)

    def at_once(self) -> AbstractContextManager[None]:
        return nullcontext()

    def _sweep(self, now):
        """Forgets who has been quiet, so that the list does not grow with the years."""
        if now - self._swept_at > SWEPT_EVERY:
            self.tries = {key: ends for key, ends in list(self.tries.items()) if ends and ends[-1] > now}
            self._swept_at = now


DATABASE, PROCESS = InDatabase(), InProcess()


@prepared
def _one_more():
    one = insert(TryCount)
    has_ended = TryCount.window_ends_at <= bindparam("now", type_=TryCount.window_ends_at.type)
    ends_at = one.excluded.window_ends_at
    is_ahead = TryCount.window_ends_at > ends_at
    counted = {
        "count": case((has_ended, 1), else_=TryCount.count + 1),
        "window_ends_at": case((or_(has_ended, is_ahead), ends_at), else_=TryCount.window_ends_at),
    }
    more = one.on_conflict_do_update(index_elements=["key"], set_=counted)
    return more.returning(TryCount.count, TryCount.window_ends_at)


def sweep() -> None:
    """Forgets windows that have ended."""
    db.session.execute(delete(TryCount).where(TryCount.window_ends_at < utcnow()))

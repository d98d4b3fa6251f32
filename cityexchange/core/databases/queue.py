"""Who writes stands in line before taking a connection: however many wait, those who read find one.

A line is bounded, and so is the wait in it. Who has stood for too long, or found the line full, hears Busy.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import gevent.lock
from gevent import monkey
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from cityexchange.core.databases import is_unit, is_writing

MOST_WAITING = 60
"""Writers of one process in line. Each holds its request, with the files in it."""
SINCE = "since"
"""Of a connection: when whoever has it began to wait for it."""
_seconds: ContextVar[float | None] = ContextVar("seconds", default=None)


class Busy(Exception):
    """Others write, and did not come to an end in time. Nothing was changed."""


class Manners:
    """Of this process. `patience` is how many seconds a writer waits, for its turn and for the lock itself together."""

    patience = 8.0
    is_server = True


def be_patient(seconds: float | None, is_server: bool) -> None:
    """Commands and the worker have time, and a migration may take as long as it takes; a page is waited for."""
    Manners.patience = seconds or (8.0 if is_server else 60.0)
    Manners.is_server = is_server


def patience() -> float:
    seconds = _seconds.get()
    return Manners.patience if seconds is None else seconds


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    token = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(token)


class Line:
    """As many at once as there are places."""

    def __init__(self, places: int, most_waiting: int = MOST_WAITING):
        # That of the standard library, patched, costs ten times as much.
        kind: Any = gevent.lock if monkey.is_module_patched("threading") else threading
        self._places, self._most, self._waiting = kind.BoundedSemaphore(places), most_waiting, 0

    def enter(self) -> None:
        if not self._places.acquire(blocking=False):
            self._wait()

    def _wait(self):
        if self._waiting >= self._most:
            raise Busy("too many are waiting")
        self._waiting += 1
        try:
            if not self._places.acquire(timeout=patience()):
                raise Busy("nobody came to an end in time")
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        self._places.release()


class Pool(QueuePool):
    """Connections of a server's process. `writers` of them at most belong to units of work that write."""

    writers = 1

    def __init__(self, *arguments: Any, **settings: Any):
        super().__init__(*arguments, **settings)
        self._line, self._writing = Line(self.writers), set[Any]()

    def connect(self) -> PoolProxiedConnection:
        since = time.monotonic()
        if is_unit.get() and is_writing.get():
            connection = self._connect_in_line()
        else:
            connection = super().connect()
        connection.info[SINCE] = since
        return connection

    def _connect_in_line(self):
        self._line.enter()
        try:
            connection: Any = super().connect()
        except BaseException:
            self._line.leave()
            raise
        self._writing.add(connection._connection_record)
        return connection

    def _return_conn(self, record: Any) -> None:
        has_written = record in self._writing
        self._writing.discard(record)  # before somebody else takes it
        try:
            super()._return_conn(record)
        finally:
            if has_written:
                self._line.leave()


def seconds_left(info: dict[str, Any]) -> float:
    """Of the patience of whoever got this connection, which began where the line did."""
    return info.get(SINCE, time.monotonic()) + patience() - time.monotonic()


def insist(
    ask: Callable[[], Any], is_refused: Callable[[Exception], bool], seconds: float, pause: float = 0.005
) -> Any:
    """Asks again after short sleeps, in which others go on, for so many seconds: then Busy."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except Exception as error:
            if not is_refused(error):
                raise
            if time.monotonic() > deadline:
                raise Busy("another process writes") from error
            time.sleep(pause)

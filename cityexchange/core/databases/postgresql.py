"""PostgreSQL under gevent: waiting costs little and ends, and what only reads needs no transaction around it."""

from math import ceil

from gevent import Timeout, get_hub
from psycopg import Connection, OperationalError
from sqlalchemy import event

from cityexchange.core.databases import is_unit, is_writing, queue

ONE_PLAN = "-c plan_cache_mode=force_generic_plan"
"""Statements are few and always the same. About some the server would think anew each time, longer than it then works."""
MOMENT = 0.1
"""Seconds in line that are not worth a question to the server."""
STATEMENT, ANSWER = 2, 3
"""How many times as long as a lock a whole statement may take, and the server's answer: who hears nothing then has lost the line."""


class Connections(queue.Pool):
    """Most may write at a time; those left are for reading."""

    writers = 14


class Line(Connection):
    """A connection that waits for its answer as gevent does.

    The library's own way under gevent asks a poll object made anew for each statement, which takes half as long as the statement.
    """

    patience: float | None = None
    """Seconds for an answer. Threat: a server that has vanished never gives one, and whoever waits holds a connection."""

    def wait(self, gen, interval=0.0, timeout=None):
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        late = Timeout(self.patience if is_unit.get() else None)
        try:
            with late:
                return self._wait_as_gevent(gen)
        except Timeout as ended:
            if ended is not late:
                raise
            self.close()
            raise OperationalError("the server does not answer") from None

    def _wait_as_gevent(self, gen):
        try:
            hub, awaited = get_hub(), next(gen)
            while True:
                with hub.loop.io(self.fileno(), awaited) as watcher:
                    hub.wait(watcher)
                awaited = gen.send(awaited)
        except StopIteration as end:
            return end.value


def prepare(engine):
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "begin", _begin)


def _connect(_dialect, _record, arguments, settings):
    seconds = queue.Manners.patience
    limits = f"-c lock_timeout={seconds * 1000:.0f}"
    if queue.Manners.is_server:
        limits += f" -c statement_timeout={seconds * STATEMENT * 1000:.0f}"
    options = f"{ONE_PLAN} {limits} {settings.get('options', '')}".strip()
    line = Line.connect(*arguments, **{"connect_timeout": ceil(seconds)} | settings | {"options": options})
    line.patience = seconds * ANSWER
    return line


def _begin(connection):
    """Each statement of a reading unit sees what is committed when it begins, in a transaction or not:
    BEGIN and COMMIT would be two more questions to the server."""
    line = connection.connection.driver_connection
    if line.autocommit == is_writing.get():
        line.autocommit = not is_writing.get()
    left = queue.seconds_left(connection.info)
    if is_unit.get() and is_writing.get() and left < queue.patience() - MOMENT:
        # Who has stood in line has less left for the lock: of both together nobody waits longer than of one.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, round(left * 1000))}")

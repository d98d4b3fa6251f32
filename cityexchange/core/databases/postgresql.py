"""PostgreSQL under gevent: waiting costs little, and what only reads needs no transaction around it."""

from gevent import get_hub
from psycopg import Connection
from sqlalchemy import event

from cityexchange.core.databases import is_writing

ONE_PLAN = "-c plan_cache_mode=force_generic_plan"
"""Statements are few and always the same. About some the server would think anew each time, longer than it then works."""


class Line(Connection):
    """A connection that waits for its answer as gevent does.

    The library's own way under gevent asks a poll object made anew for each statement, which takes half as long as the statement.
    """

    def wait(self, gen, interval=0.0, timeout=None):
        if timeout is not None:
            return super().wait(gen, interval, timeout)
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
    options = f"{ONE_PLAN} {settings.get('options', '')}".strip()
    return Line.connect(*arguments, **settings | {"options": options})


def _begin(connection):
    """Each statement of a reading unit sees what is committed when it begins, in a transaction or not:
    BEGIN and COMMIT would be two more questions to the server."""
    line = connection.connection.driver_connection
    if line.autocommit == is_writing.get():
        line.autocommit = not is_writing.get()

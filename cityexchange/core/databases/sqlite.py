"""SQLite as a server's database: write-ahead log, real foreign keys, one writer at a time.

Under gevent, waiting for SQLite's own lock would stop every greenlet. So units of this process that write stand in line
(databases/queue.py), and another's lock is asked for again after short sleeps.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from cityexchange.core.databases import is_writing, queue
from cityexchange.core.trouble import insist_on_folder

READERS_WAIT = 200
"""Milliseconds for which SQLite itself waits, where another process begins or ends its log. A writer never leaves it to SQLite."""
_WAITS = "waits"


class Connections(queue.Pool):
    """SQLite takes one writer at a time; all others are for reading."""


def prepare(engine):
    if engine.url.database and engine.url.database != ":memory:":
        insist_on_folder(Path(engine.url.database).parent, "DATABASE_URL")
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record):
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-4000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection):
    """Reading takes no lock. A writer takes it now, or what it has read could be old by the time it writes."""
    writing = is_writing.get()
    _let_wait(connection, 0 if writing else READERS_WAIT)
    if not writing:
        connection.exec_driver_sql("BEGIN")
        return
    left = queue.seconds_left(connection.info)
    queue.insist(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"), _is_locked, left)


def _let_wait(connection, milliseconds):
    if connection.info.get(_WAITS) != milliseconds:
        connection.connection.driver_connection.execute(f"PRAGMA busy_timeout={milliseconds}")
        connection.info[_WAITS] = milliseconds


def _is_locked(error):
    return isinstance(error, OperationalError) and "locked" in str(error.orig)


def suspend_foreign_keys(connection) -> bool:
    """True for SQLite, whose keys are now off: a migration rebuilds tables that others point at.

    The PRAGMA does nothing inside a transaction, so it goes around SQLAlchemy's.
    """
    if connection.dialect.name != "sqlite":
        return False
    connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    return True


def insist_on_foreign_keys(connection) -> None:
    """Raises OperationalError when a rebuilt table left a key pointing nowhere."""
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise OperationalError("PRAGMA foreign_key_check", None, Exception(f"broken keys: {broken[:5]}"))


def resume_foreign_keys(connection) -> None:
    connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")

"""SQLite as a server's database: write-ahead log, real foreign keys, one writer at a time.

Under gevent, waiting for SQLite's own lock would stop every greenlet. So writers of this process queue on a
lock that greenlets can wait for, and another process's lock is asked for again after short sleeps.
"""

import sqlite3
import time
from pathlib import Path
from threading import RLock

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from cityexchange.core.databases import is_writing
from cityexchange.core.trouble import insist_on_folder

PATIENCE = 20.0
"""Seconds after which a writer gives up waiting for another process."""

_writer = RLock()
_HOLDS = "holds_writer"


def prepare(engine):
    if engine.url.database and engine.url.database != ":memory:":
        insist_on_folder(Path(engine.url.database).parent, "DATABASE_URL")
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _release)
    event.listen(engine, "rollback", _release)


def _set_pragmas(connection: sqlite3.Connection, _record):
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=200",
        "cache_size=-4000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection):
    if not is_writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    _writer.acquire()
    try:
        _begin_immediately(connection)
    except BaseException:
        _writer.release()
        raise
    connection.info[_HOLDS] = True


def _begin_immediately(connection):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error.orig) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)


def _release(connection):
    if connection.info.pop(_HOLDS, False):
        _writer.release()


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

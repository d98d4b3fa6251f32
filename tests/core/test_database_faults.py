"""What a database says of the world around it becomes a code that means "later", and a fault of ours stays one."""

import errno
import sqlite3

import psycopg.errors
import pytest
from sqlalchemy import exc

from cityexchange.core.databases.queue import Busy
from cityexchange.core.outages import FilesOutOfReach, outage_of

pytestmark = pytest.mark.no_app


def of_sqlite(code, kind=sqlite3.OperationalError):
    error = kind("x")
    error.sqlite_errorcode = code
    return exc.OperationalError("statement", {}, error)


def of_postgresql(name):
    return exc.OperationalError("statement", {}, getattr(psycopg.errors, name)("x"))


OUTAGES = {
    "a line of writers that is full": (Busy(), 503),
    "no connection free": (exc.TimeoutError(), 503),
    "SQLite, locked": (of_sqlite(5), 503),
    "SQLite, locked while it mends itself": (of_sqlite(261), 503),
    "SQLite, full": (of_sqlite(13), 507),
    "SQLite, a write that failed": (of_sqlite(778), 507),
    "SQLite, read-only": (of_sqlite(8), 507),
    "SQLite, no file": (of_sqlite(14), 507),
    "PostgreSQL, a lock": (of_postgresql("LockNotAvailable"), 503),
    "PostgreSQL, a statement that took too long": (of_postgresql("QueryCanceled"), 503),
    "PostgreSQL, a deadlock": (of_postgresql("DeadlockDetected"), 503),
    "PostgreSQL, full": (of_postgresql("DiskFull"), 507),
    "PostgreSQL, read-only": (of_postgresql("ReadOnlySqlTransaction"), 507),
    "PostgreSQL, too many lines": (of_postgresql("TooManyConnections"), 503),
    "PostgreSQL, going down": (of_postgresql("AdminShutdown"), 503),
    "PostgreSQL, starting": (of_postgresql("CannotConnectNow"), 503),
    "PostgreSQL, no answer": (
        exc.OperationalError("statement", {}, psycopg.OperationalError("connection failed")),
        503,
    ),
    "a disk without room": (OSError(errno.ENOSPC, "x"), 507),
    "the worker's queue, full": (of_sqlite(13).orig, 507),
    "the store of files is silent": (FilesOutOfReach(), 503),
}
FAULTS = {
    "SQLite, a key that is there": of_sqlite(1555, sqlite3.IntegrityError),
    "SQLite, no such table": of_sqlite(1),
    "PostgreSQL, a key that is there": of_postgresql("UniqueViolation"),
    "PostgreSQL, no such table": of_postgresql("UndefinedTable"),
    "a file that is not there": FileNotFoundError(errno.ENOENT, "x"),
    "a key of ours": KeyError("x"),
}


@pytest.mark.parametrize(("error", "code"), OUTAGES.values(), ids=OUTAGES)
def test_what_fails_around_us_means_later(error, code):
    outage = outage_of(error)
    assert (outage.code, outage.retry_after > 0) == (code, True)


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS)
def test_a_fault_of_ours_is_none_of_them(error):
    assert outage_of(error) is None

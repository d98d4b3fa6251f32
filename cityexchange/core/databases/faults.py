"""What a database's error says of the world around it; None for what is a fault of ours."""

import sqlite3
from enum import Enum, auto

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from cityexchange.core.databases.queue import Busy


class Fault(Enum):
    BUSY = auto()
    """Others write; reading goes on."""
    FULL = auto()
    """Nothing can be written, for want of room or of the right to; reading goes on."""
    GONE = auto()
    """Neither is possible."""


SQLITE = {5: Fault.BUSY, 6: Fault.BUSY, 8: Fault.FULL, 10: Fault.FULL, 13: Fault.FULL, 14: Fault.FULL}
"""By the code of the error, without its details: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN."""
POSTGRESQL = {
    "25006": Fault.FULL,  # read_only_sql_transaction
    "40001": Fault.BUSY,  # serialization_failure
    "40P01": Fault.BUSY,  # deadlock_detected
    "53100": Fault.FULL,  # disk_full
    "55P03": Fault.BUSY,  # lock_not_available
    "57014": Fault.BUSY,  # query_canceled: statement_timeout
    "58030": Fault.FULL,  # io_error
}
"""By SQLSTATE."""
GONE = ("08", "53", "57P")
"""Of SQLSTATE: the line is lost, the server takes no more, is starting or is going."""


def fault_of(error: BaseException) -> Fault | None:
    if isinstance(error, Busy):
        return Fault.BUSY
    if isinstance(error, NoConnectionFree):
        return Fault.GONE
    cause = error.orig if isinstance(error, DBAPIError) else error
    if (
        code := getattr(cause, "sqlite_errorcode", None)
    ) is not None:  # the worker's own queue is one of SQLite too
        return SQLITE.get(code & 0xFF)
    return _told_by(error) if isinstance(error, DBAPIError) else None


def _told_by(error):
    if state := getattr(error.orig, "sqlstate", None):
        return POSTGRESQL.get(state) or (Fault.GONE if state.startswith(GONE) else None)
    is_lost = error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return Fault.GONE if is_lost and not isinstance(error.orig, sqlite3.Error) else None

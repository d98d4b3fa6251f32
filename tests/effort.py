"""How much a database has to do for a page: counted, for the time it takes is the machine's.

On SQLite what is counted are the steps of its virtual machine, on PostgreSQL the rows that its scans visit.
"""

from contextlib import contextmanager

from sqlalchemy import event

from cityexchange.core.db import db
from tests.freshness import unwatched

EVERY = 10
"""Steps of SQLite that are counted at once."""


class Effort:
    units = 0


@contextmanager
def counted_effort():
    """The effort of all statements inside; known at the end."""
    db.session.commit()
    counting = {"sqlite": _steps, "postgresql": _rows}[db.engine.dialect.name]
    with unwatched(), counting(Effort()) as effort:
        yield effort


@contextmanager
def _steps(effort):
    def step():
        effort.units += EVERY

    def watch(line, *_):
        line.set_progress_handler(step, EVERY)

    def leave(line, *_):
        line.set_progress_handler(None, 0)

    with _listening(db.engine, "checkout", watch), _listening(db.engine, "checkin", leave):
        yield effort


@contextmanager
def _rows(effort):
    asked = []

    def note(_connection, _cursor, statement, bind_values, *_):
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, bind_values))

    with _listening(db.engine, "before_cursor_execute", note):
        yield effort
    for statement, bind_values in asked:
        explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        (plan,) = db.session.connection().exec_driver_sql(explained, bind_values).scalar()
        effort.units += _visited(plan["Plan"])


def _visited(node):
    here = 0
    if node["Node Type"].endswith("Scan"):
        left_out = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        here = (node["Actual Rows"] + left_out) * node["Actual Loops"]
    return here + sum(_visited(part) for part in node.get("Plans", ()))


@contextmanager
def _listening(target, name, hear):
    event.listen(target, name, hear)
    try:
        yield
    finally:
        event.remove(target, name, hear)

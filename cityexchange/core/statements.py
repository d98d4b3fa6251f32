"""Statements that change rows, past the session's bookkeeping: it takes three times as long over a row as the database does."""

from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from cityexchange.core.db import db, insert, rows
from cityexchange.core.invalidation import note, note_statement
from cityexchange.core.prepared import prepared
from cityexchange.core.transactions import note_change


def execute(statement: Any, bind_values: dict[str, Any], of: Any = None) -> CursorResult[Any]:
    """Runs a statement that changes rows itself. What records have changed goes before it; the records hear nothing of it.

    `of` is the one record that it changes, or its model and key, where these are at hand: what it stands on is then found at less cost.
    """
    db.session.flush()
    note_change(db.session)
    if of is not None:
        note(of)
    elif statement.is_dml:
        note_statement(statement, bind_values)
    return rows(statement, bind_values)


def insert_once(record: Any, *names: str) -> bool:
    """Adds a new record in one statement, unless a row has the same values under these `names` (a unique key): then False.

    Columns count, not relationships: set `author_id`, not `author`.
    """
    values = {name: _value(record, name, column) for name, column in _columns(inspect(type(record)))}
    db.session.flush()
    note_change(db.session)
    number = rows(_adding(type(record), names), values).scalar()
    if number is None:
        return False
    for name, value in {**values, "id": number}.items():
        set_committed_value(record, name, value)
    make_transient_to_detached(record)
    db.session.add(record)
    note(record)
    return True


@lru_cache(maxsize=32)
def _columns(mapper):
    return [(one.key, one.columns[0]) for one in mapper.column_attrs if one.key != "id"]


def _value(record, name, column):
    if name in record.__dict__:
        return record.__dict__[name]
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


@prepared
def _adding(model, names):
    return insert(model).on_conflict_do_nothing(index_elements=names).returning(model.id)

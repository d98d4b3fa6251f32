"""Counters that two processes cannot overwrite: the database adds, under the lock of the row."""

from typing import Any

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from cityexchange.core.invalidation import take_back
from cityexchange.core.prepared import prepared
from cityexchange.core.statements import execute


def lock(record: Any) -> None:
    """Waits until no other transaction changes this row. SQLite's writers queue before they begin."""
    execute(_locking(type(record)), {"counted": record.id})


def count(record: Any, steps: dict[str, int], **changes: Any) -> None:
    """Adds the steps to the record's counters, sets the changes, and lets the record know the new values.

    The version rises as with any change, unless a step takes it back.
    """
    statement = _counting(type(record), tuple(steps), tuple(changes))
    bind_values = {f"new_{name}": value for name, value in changes.items()}
    bind_values |= {f"step_{name}": step for name, step in steps.items()}
    row = execute(statement, {"counted": record.id, **bind_values}, of=record).one()
    if "version" in steps:
        take_back(record)
    for name, value in row._mapping.items():
        set_committed_value(record, name, value)


@prepared
def _locking(model):
    return select(model.id).where(model.id == bindparam("counted")).with_for_update()


@prepared
def _counting(model, steps, changes):
    values = {name: getattr(model, name) + bindparam(f"step_{name}", type_=Integer) for name in steps}
    values |= {name: bindparam(f"new_{name}", type_=getattr(model, name).type) for name in changes}
    one = update(model).where(model.id == bindparam("counted")).values(values)
    return one.returning(*(getattr(model, name) for name in {**values, "version": None}))

"""Counters that two processes cannot overwrite: the database adds, under the lock of the row."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from cityexchange.core.db import db


def lock(record: Any) -> None:
    """Waits until no other transaction changes this row. SQLite's writers queue before they begin."""
    model = type(record)
    db.session.execute(select(model.id).where(model.id == record.id).with_for_update())


def count(record: Any, steps: dict[str, int], **changes: Any) -> None:
    """Adds the steps to the record's counters, sets the changes, and lets the record know the new values."""
    model = type(record)
    values = {name: getattr(model, name) + step for name, step in steps.items()} | changes
    columns = [getattr(model, name) for name in values]
    changed = update(model).where(model.id == record.id).values(values).returning(*columns)
    row = db.session.execute(changed, execution_options={"synchronize_session": False}).one()
    for name, value in zip(values, row, strict=True):
        set_committed_value(record, name, value)

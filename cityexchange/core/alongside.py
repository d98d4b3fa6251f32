"""Rows that name a record by type and number: no key of the database takes them along when it goes, so this does."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, event, inspect, select
from sqlalchemy.orm import Session

from cityexchange.core.db import db
from cityexchange.core.registries import Registry


def go_with_their_record(model: Any, kinds: Registry) -> None:
    """Rows of `model` go with a record that the session deletes; `kinds`: entries with a `model`, by its name."""

    @event.listens_for(Session, "before_flush")
    def forget(session: Session, *_rest: Any) -> None:
        for record in session.deleted:
            if type(record).__name__ in kinds:
                of_it = {"record_type": type(record).__name__, "record_id": inspect(record).identity[0]}
                session.execute(delete(model).filter_by(**of_it))


def forget_what_is_gone(model: Any, records: Iterable[Any]) -> None:
    """For a sweep: what went with a row above it took nothing along. `records`: the models that rows name."""
    for record in records:
        is_there = select(record.id).where(record.id == model.record_id).exists()
        of_kind = model.record_type == record.__name__
        db.session.execute(
            delete(model).where(of_kind, ~is_there), execution_options={"synchronize_session": False}
        )

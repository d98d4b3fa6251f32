"""Whoever changes a right leaves a row in the audit: a model names in `audited` the columns that policies compare.

In tests a unit of work that writes one of them, or makes or deletes such a record, and leaves no row about it is an error, whichever
door it came by. A row is about a record when it names it, names what it belongs to or names it among its facts; one about no record at
all (retention, the illustrative community) speaks of the whole unit.
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import PassiveFlag
from sqlalchemy.orm.attributes import get_history

from cityexchange.core import databases
from cityexchange.core.audit import AuditEntry
from cityexchange.core.db import db

Name = tuple[str, int | None]
"""Of a record: its type and number."""


def watch() -> None:
    """From now on, in this process."""
    if not event.contains(db.session, "after_flush", _note_flushed):
        event.listen(db.session, "after_flush", _note_flushed)
        event.listen(db.session, "do_orm_execute", _note_bulk)
        event.listen(db.session, "before_commit", _insist)
        event.listen(db.session, "after_rollback", _forget)


def _note_flushed(session, _context):
    changed = [*session.deleted, *(record for record in session.new if _gives_something(record))]
    changed += [record for record in session.dirty if _has_changed(record)]
    for record in changed if databases.is_unit.get() else ():
        if hasattr(record, "audited"):
            _memory(session, "changes").append(_names_of(record))
    for entry in session.new:
        if isinstance(entry, AuditEntry):
            _memory(session, "told").append(_told_by(entry))


def _note_bulk(execution):
    """A statement names no records: some row has to tell of it."""
    if (
        databases.is_unit.get()
        and execution.is_orm_statement
        and (execution.is_update or execution.is_delete)
    ):
        model: Any = execution.bind_mapper.class_
        names = {column.key for column in execution.statement._values or ()} if execution.is_update else None
        audited = set(getattr(model, "audited", ()))
        if audited and (names is None or audited & names):
            _memory(execution.session, "changes").append(None)


def _gives_something(record):
    return any(getattr(record, name) is not None for name in getattr(record, "audited", ()))


def _has_changed(record):
    as_it_is = PassiveFlag.PASSIVE_NO_INITIALIZE
    names = getattr(record, "audited", ())
    return any(get_history(record, name, as_it_is).has_changes() for name in names)


def _names_of(record) -> list[Name]:
    """Its own, and those of what it belongs to."""
    table: Any = inspect(type(record)).local_table
    whole = [(_model_of(key.column.table), getattr(record, key.parent.key)) for key in table.foreign_keys]
    return [(type(record).__name__, record.id), *whole]


def _model_of(table):
    base: Any = db.Model
    return next(mapper.class_.__name__ for mapper in base.registry.mappers if mapper.local_table is table)


def _told_by(entry) -> list[Name]:
    among_facts = [
        (name.removesuffix("_id").title().replace("_", ""), fact)
        for name, fact in entry.facts.items()
        if name.endswith("_id")
    ]
    return [(entry.record_type, entry.record_id), *among_facts]


def _insist(session):
    session.flush()
    changes, told = session.info.pop("changes", []), session.info.pop("told", [])
    names = {name for row in told for name in row}
    for change in changes:
        if not (names if change is None else (None, None) in names or names & set(change)):
            raise AssertionError(
                f"a right was changed without a row in the audit: {change or 'by a statement'}"
            )


def _memory(session, name):
    return session.info.setdefault(name, [])


def _forget(session):
    session.info.pop("changes", None)
    session.info.pop("told", None)

"""What is kept of a page is old once a version has risen, and versions rise by themselves: a record says once of whom it is a
part, and what stands above it rises with its changes.

Of any model `part_of = "topic"` says on whose pages its rows stand, and `shows = ("author.name", "schedule")` what of other
records stands with them: one column, or all. Changes are noted as they are flushed, or as statements past the session make them
(core/statements.py). The rows above rise as the transaction ends, each once, parts before wholes: no two wait in a circle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, Update, bindparam, event, inspect, or_, select, true, update
from sqlalchemy.orm import PassiveFlag
from sqlalchemy.orm.attributes import get_history

from cityexchange.core.db import db
from cityexchange.core.prepared import prepared
from cityexchange.core.versions import Versioned


class Way(NamedTuple):
    """Rows of `model` whose `there` is what a changed row has in `here`."""

    model: Any
    there: Any
    here: Any
    column: str = ""
    """The only one whose change matters, or "" for any."""
    kind: Any = None
    """A condition on the changed row, where it names what it is about by type and number."""


@cache
def _ways() -> dict[Any, list[Way]]:
    """From each model that leads to a version, parts before wholes."""
    said: dict[type, list[Way]] = defaultdict(list)
    base: Any = db.Model
    models = [mapper.class_ for mapper in base.registry.mappers]
    for model in models:
        for part, way in (*_upwards(model, models), *_sideways(model)):
            said[part].append(way)
    order: dict[type, bool] = {}
    for model in models:
        _visit(model, said, order)
    return {
        model: [way for way in said.get(model, ()) if order[way.model]]
        for model in reversed(order)
        if order[model]
    }


def _visit(model, said, order):
    """Whether it leads to a version; it comes after those that it leads to."""
    if model not in order:
        above = [_visit(way.model, said, order) for way in said.get(model, ())]
        order[model] = issubclass(model, Versioned) or any(above)
    return order[model]


def _upwards(model, models):
    part_of = getattr(model, "part_of", "")
    if part_of == "record":
        for other in models:
            if other is not model and hasattr(other, "id"):
                yield model, Way(other, other.id, model.record_id, kind=model.record_type == other.__name__)
    elif part_of:
        whole, mine = _relation(model, part_of)
        yield model, Way(whole, whole.id, mine)


def _sideways(model):
    for shown in getattr(model, "shows", ()):
        name, _, column = shown.partition(".")
        other, mine = _relation(model, name)
        yield other, Way(model, mine, other.id, column)


def _relation(model, name):
    """The model that a relationship leads to, and the column here that holds its key."""
    relation = inspect(model).relationships[name]
    (mine,) = relation.local_columns
    return relation.mapper.class_, getattr(model, inspect(model).get_property_by_column(mine).key)


@cache
def _model(table_name):
    return next((model for model in _ways() if model.__tablename__ == table_name), None)


# ---- what has changed ----


def _memory(name):
    """What this transaction knows: rows whose versions are to rise ("owed"), and those that have risen ("risen")."""
    return db.session.info.setdefault(name, defaultdict(set))


def note(record: Any, keys: Collection[str] = ()) -> None:
    """The row of the record, or that of (model, key), was written, `keys` in it: what it stands on is to rise."""
    if isinstance(record, tuple):
        model, id = record
        _memory("owed")[model, "id"].add(id)
        return
    model = type(record)
    if model not in _ways():
        return
    if issubclass(model, Versioned):
        _memory("risen")[model].add(record.id)
    for way in _ways()[model]:
        is_about = way.kind is None or record.record_type == way.model.__name__
        if is_about and (not way.column or way.column in keys):
            known = get_history(record, way.here.key).sum()
            _memory("owed")[way.model, way.there.key].update(one for one in known if one is not None)


def take_back(record: Any) -> None:
    """The version is again what it was before this transaction."""
    _memory("risen")[type(record)].discard(record.id)


def note_statement(statement: Any, bind_values: Any) -> None:
    """A statement changes rows that nobody has read: what they stand on rises now, while the statement's own conditions hold."""
    model = _model(statement.table.name)
    if not (model and _ways()[model]):
        return
    if isinstance(statement, Insert) or isinstance(bind_values, list):
        raise TypeError(f"which rows of {model.__name__}? Name the record: execute(..., of=record)")
    where = true() if statement.whereclause is None else statement.whereclause
    which = defaultdict(list)
    for way in _ways()[model]:
        which[way.model].append(_reached(way, where, bind_values))
    for raising in _climb(which):
        db.session.connection().execute(raising)


def _reached(way, where, bind_values=None):
    rows = select(way.here).where(where, *(() if way.kind is None else (way.kind,)))
    return way.there.in_(rows.params(bind_values) if bind_values else rows)


def _climb(which: dict[Any, list[Any]]) -> Iterator[Update]:
    """The statements that raise what these rows are or stand on; `which`: conditions by model."""
    for model, ways in _ways().items():
        if not (conditions := which.get(model)):
            continue
        rows = or_(*conditions)
        if issubclass(model, Versioned):
            yield update(model).where(rows).values(updated_at=model.updated_at)
        for way in ways:
            if not way.column:
                which.setdefault(way.model, []).append(_reached(way, rows))


@prepared
def _raising(shape: tuple[tuple[Any, str], ...]) -> list[Update]:
    """For rows given by the values of these columns."""
    which: dict[Any, list[Any]] = {}
    for number, (model, name) in enumerate(shape):
        values: Any = bindparam(f"owed_{number}", expanding=True)
        which.setdefault(model, []).append(getattr(model, name).in_(values))
    return list(_climb(which))


# ---- when ----


def _note_flushed(session, _context):
    for record in (*session.new, *session.deleted):
        note(record)
    for record in session.dirty:
        if type(record) in _ways():
            _note_dirty(record, inspect(record))


def _note_dirty(record, state):
    as_it_is = PassiveFlag.PASSIVE_NO_INITIALIZE
    changed = [k for k in state.committed_state if get_history(record, k, as_it_is).has_changes()]
    if any(key in state.mapper.column_attrs for key in changed):
        note(record, changed)
    elif changed and isinstance(record, Versioned):
        # Rows beside it alone: themes, or a part that was taken out.
        note((type(record), state.identity[0]))
    elif changed:
        note(record)


def _note_bulk(execution):
    if execution.is_orm_statement and (execution.is_update or execution.is_delete):
        note_statement(execution.statement, execution.parameters)


def _raise(session):
    session.flush()
    owed, risen = session.info.pop("owed", {}), session.info.get("risen", {})
    left = {rows: ids - risen.get(rows[0], set()) if rows[1] == "id" else ids for rows, ids in owed.items()}
    shape = tuple(sorted((rows for rows, ids in left.items() if ids), key=str))
    bind_values = {f"owed_{number}": sorted(left[rows]) for number, rows in enumerate(shape)}
    for raising in _raising(shape):
        session.connection().execute(raising, bind_values)


def _forget(session):
    session.info.pop("owed", None)
    session.info.pop("risen", None)


def _forget_undone(session, transaction):
    session.info.pop("risen", None)
    # Back to a savepoint, what was owed before it is owed still; what was owed since may rise for nothing.
    if not transaction.nested:
        session.info.pop("owed", None)


event.listen(db.session, "after_flush", _note_flushed)
event.listen(db.session, "do_orm_execute", _note_bulk)
event.listen(db.session, "before_commit", _raise)
event.listen(db.session, "after_commit", _forget)
event.listen(db.session, "after_soft_rollback", _forget_undone)

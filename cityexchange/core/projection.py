"""A record as a page that only reads needs it: named columns of its row, and of those it belongs to, in one statement.

Loading a record and its parents costs four times what their columns cost, and the session would watch them for changes that never come.
"""

from functools import cached_property
from types import FunctionType
from typing import Any, ClassVar

from sqlalchemy import Select, inspect
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import aliased

from cityexchange.core.db import db

CARRIED = FunctionType, property, cached_property, hybrid_property, str, bool, int, tuple, frozenset


class Projected:
    """Answers as the record does, by the model's own properties and methods; what was not read it asks the record itself."""

    projected_model: ClassVar[Any]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(self.projected_model, name):
            raise AttributeError(name)
        return getattr(self.record, name)

    @property
    def record(self) -> Any:
        """For what is to be changed, or held by other records."""
        keys = inspect(self.projected_model).primary_key
        return db.session.get_one(self.projected_model, tuple(getattr(self, key.key) for key in keys))


def model_of(record: Any) -> type:
    """The model, of a record and of a projection's row."""
    return getattr(record, "projected_model", None) or type(record)


class Projection:
    """Declares what is read: `Projection(Topic, "id title state", forum=Projection(Forum, "id slug"), level=level_of)`.

    A name with a Projection is a relationship of the model; one with a function is a column that `function(model)` makes, whose
    parameters are among those of the statement. The first column is the primary key: where it is null there is no record.
    """

    def __init__(self, entity: Any, names: str, **beside: Any):
        """`entity`: the model, or an alias of it that the statement orders by."""
        self.entity, self.model, self.names = entity, inspect(entity).mapper.class_, names.split()
        self.parts = {name: one for name, one in beside.items() if isinstance(one, Projection)}
        self.made = {name: one for name, one in beside.items() if name not in self.parts}
        self.own = [*self.names, *self.made]
        self.row_type = type(f"Projected{self.model.__name__}", (Projected,), _carried(self.model))

    def read(self, statement: Select[Any]) -> Select[Any]:
        """The statement, which selects the model, with the columns and joins of this projection."""
        columns, joins = self._columns(self.model)
        statement = statement.with_only_columns(*columns)
        for join in joins:
            statement = statement.outerjoin(join)
        return statement

    def _columns(self, entity: Any) -> tuple[list[Any], list[Any]]:
        columns = [getattr(entity, name) for name in self.names]
        columns += [make(entity).label(name) for name, make in self.made.items()]
        joins = []
        for name, part in self.parts.items():
            other = aliased(part.model) if part.entity is part.model else part.entity
            more, further = part._columns(other)
            columns += more
            joins += [getattr(entity, name).of_type(other), *further]
        return columns, joins

    def of(self, row: Any) -> Any:
        """What the row of such a statement holds, or None."""
        return self._of(iter(row))

    def _of(self, values: Any) -> Any:
        row: Any = object.__new__(self.row_type)
        columns = row.__dict__
        for name in self.own:
            columns[name] = next(values)
        for name, part in self.parts.items():
            columns[name] = part._of(values)
        return row if columns[self.names[0]] is not None else None


def _carried(model: type) -> dict[str, Any]:
    """What of the model is neither a column nor a relationship."""
    carried: dict[str, Any] = {}
    for kind in reversed(model.__mro__):
        for name, value in vars(kind).items():
            if isinstance(value, CARRIED) and name[0] != "_":
                carried[name] = value
    return carried | {"projected_model": model, "record_type": model.__name__, "record": Projected.record}

"""Statements that are put together once: it costs as much as to run them."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from cityexchange.core.db import db


def prepared(build: Callable[..., Any]) -> Callable[..., Any]:
    """For functions that put a statement together of their arguments: once for equal ones, which are hashable, and each kind
    of database.

    In place of a reader `build` gets the reader's `rights`, which answer what policies ask, and parameters in place of the
    reader's own values: so readers of equal rights share the statement. Run it with `reader.bind_values` beside its other parameters.
    """
    made = lru_cache(maxsize=512)(lambda _database, *shape: build(*shape))

    @wraps(build)
    def statement(*shape: Any) -> Any:
        alike = (one if isinstance(one, type) else getattr(one, "rights", one) for one in shape)
        return made(db.engine.dialect.name, *alike)

    statement.forget = made.cache_clear  # type: ignore[attr-defined]  # for tests that give a model another owner
    return statement

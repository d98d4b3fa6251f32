"""Lines of what bears a name of the interface: a forum, a space, a room."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, bindparam

from cityexchange.core.db import rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.follows.kinds import Followed
from cityexchange.languages.reading import UiNameRow, best_readings, reader_languages


def named_lines(model: Any, address: Callable[[Any], str], *more: str) -> Callable[..., list[Followed]]:
    """`address`: of the page, from a row that holds the columns `more` beside the number and the name."""
    kind = model.__name__

    def lines(reader: OneReader, ids: list[int]) -> list[Followed]:
        found = rows(_lines(reader, model, more), {**reader.bind_values, "ids": ids}).all()
        named = [UiNameRow(kind, row.id, row.name, row.language) for row in found]
        names = best_readings(reader_languages(), named, ("name",))
        return [Followed(row.id, names[kind, row.id, "name"], address(row)) for row in found]

    return lines


@prepared
def _lines(reader: Reader, model: Any, more: tuple[str, ...]) -> Select[Any]:
    named = visible_to(reader, model).where(model.id.in_(bindparam("ids", expanding=True)))
    columns = "id", "name", "language", *more
    return named.with_only_columns(*(getattr(model, name) for name in columns))

"""What version of a page there is now: what a kept page asks, and models that count their changes.

A `Versioned` model counts its changes; its own are counted by the database, in whatever statement makes them. Of what stands
with it on a page, core/invalidation.py tells it.
"""

from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, cast, func, literal_column, select
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import Timestamped, UTCDateTime


class Versioned(Timestamped):
    """`version` rises with each change of what the record's pages show; `updated_at` with those of its own row alone."""

    version: Mapped[int] = mapped_column(default=1, onupdate=literal_column("version + 1"))


NOW = bindparam("now", type_=UTCDateTime)


def table_version(model: Any, *where: Any) -> ColumnElement[str]:
    """A column that differs after each change of a table, or of that part of it which no row ever leaves (`where`).

    Which rows there are show in number and newest key, for keys are given once; and of the same rows the sum only rises. A newest
    time would hide a change that began earlier and was certain later.
    """
    columns = func.count(model.id), func.max(model.id), func.sum(model.version)
    told = [func.coalesce(cast(column, String), "") for column in columns]
    return select(told[0] + "." + told[1] + "." + told[2]).where(*where).scalar_subquery()


def each(model: Any) -> ColumnElement[str]:
    """The same of the rows that a statement selects, where other readers see others."""
    return func.aggregate_strings(cast(model.id, String) + "@" + cast(model.version, String), ",")


def next_moment(column: Any, *where: Any, now: Any = NOW) -> ColumnElement[Any]:
    """The next moment in this column after the parameter `now`, of the rows that `where` names: what shows on a page changes as
    it passes, though no row does. What lasts for a while gives as `now` the parameter that the while is behind."""
    return select(func.min(column)).where(column >= now, *where).scalar_subquery()

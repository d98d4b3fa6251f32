"""Long lists in stretches. Each goes on after the last line seen (a keyset), never by OFFSET."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.sql.operators import desc_op

from cityexchange.core.db import at_most, db


@dataclass(frozen=True)
class Stretch:
    """`rows` as the query gives them; `after` and `following` name the lines where this and the next stretch go on, or None."""

    rows: Sequence[Any]
    after: int | None
    following: int | None


def stretch_of(query: Select[Any], order: Sequence[Any], lines: int) -> Stretch:
    """The lines that `?after=` asks for. `order`: columns, or `column.desc()`; the last is the key that names a line.

    A line that nobody gave out, or that is gone, is the beginning.
    """
    last_seen = _asked_for()
    place = _place_of(query, order, last_seen) if last_seen else None
    if place:
        query = query.where(_beyond(order, place))
    keyed = (
        query.add_columns(_column(order[-1]).label("line"))
        .order_by(None)
        .order_by(*order)
        .limit(at_most(lines + 1))
    )
    rows = db.session.execute(keyed).all()
    following = rows[lines - 1].line if len(rows) > lines else None
    return Stretch([row[:-1] for row in rows[:lines]], last_seen if place else None, following)


def _asked_for():
    raw = request.args.get("after", "")
    return int(raw) if raw.isdecimal() and len(raw) < 10 else None


def _place_of(query, order, line):
    """Asked with the query's own conditions, so that nobody learns where a hidden line would stand."""
    columns = [_column(one) for one in order]
    return db.session.execute(
        query.with_only_columns(*columns).order_by(None).where(columns[-1] == line)
    ).first()


def _beyond(order, place) -> ColumnElement[bool]:
    further = or_(
        *(
            and_(*(_column(order[i]) == place[i] for i in range(nth)), _comes_after(order[nth], place[nth]))
            for nth in range(len(order))
        )
    )
    # Said twice: of the alternatives alone databases do not know where in the order to begin.
    return further if place[0] is None else and_(_is_no_earlier(order[0], place[0]), further)


def _is_no_earlier(one, value):
    return _column(one) <= value if _falls(one) else one >= value


def _comes_after(one, value):
    return _column(one) < value if _falls(one) else one > value


def _column(one):
    return one.element if _falls(one) else one


def _falls(one):
    return getattr(one, "modifier", None) is desc_op

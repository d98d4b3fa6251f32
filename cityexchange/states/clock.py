"""Steps that only wait for the time to come: one sweep for every kind of record, once a minute."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from cityexchange.core.db import among, db, utcnow
from cityexchange.core.jobs import Sweep, sweeps


class Passing(NamedTuple):
    """From any of these states to the next, once `when(now)`, a condition on rows, holds."""

    states: tuple[str, ...]
    to: str
    when: Callable[[datetime], ColumnElement[bool]]
    is_time: Callable[[Any, datetime], bool] = lambda record, now: True
    """Asked of each record that `when` found: for what no database tells, as a day in another zone."""


def follow_the_clock(name: str, model: type, *passings: Passing) -> None:
    """For `init_app`: records of this model take these steps by themselves, by nobody."""
    sweeps.add(name, Sweep(partial(take_steps, model, passings), every=60))


def take_steps(model: Any, passings: tuple[Passing, ...]) -> None:
    """In their order, so that several are taken at once where much time has passed. Several workers at once take each once."""
    now = utcnow()
    for passing in passings:
        for record in _due(model, passing, now):
            if passing.is_time(record, now):
                record.become(passing.to, None)


def _due(model, passing, now):
    due = select(model).where(among(model.state, passing.states), passing.when(now)).order_by(model.id)
    return db.session.scalars(due.with_for_update(skip_locked=True, of=model)).all()

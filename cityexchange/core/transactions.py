"""What this unit of work has changed so far, flushed or not; and leaving it for a while before it has."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from cityexchange.core import databases
from cityexchange.core.db import db
from cityexchange.core.turns import step_aside


def note_change(session: Any, *_: Any) -> None:
    """The transaction holds what a rollback would lose."""
    session.info["has_changed"] = True


def has_changed() -> bool:
    """Whether this unit of work has changed something so far, flushed or not, or made past the session."""
    session = db.session
    return bool(session.info.get("has_changed") or session.new or session.dirty or session.deleted)


def _forget_change(session):
    session.info.pop("has_changed", None)


event.listen(db.session, "after_flush", note_change)
event.listen(db.session, "after_commit", _forget_change)
event.listen(db.session, "after_rollback", _forget_change)


def let_go() -> None:
    """Ends the transaction begun so far: the writer's lock must not be held while we wait for a thread or another machine.

    Before the unit's first change, which would be lost: RuntimeError where there was one, flushed or made past the session
    (core/statements.py) too.
    """
    if has_changed():
        raise RuntimeError("slow work must come before the first change")
    step_aside()
    db.session.rollback()


@contextmanager
def at_once() -> Iterator[None]:
    """What is done inside is kept, whatever becomes of the unit of work around it. Before that unit's first change: see `let_go`."""
    let_go()
    token = databases.is_writing.set(True)
    try:
        yield
        db.session.commit()
    finally:
        databases.is_writing.reset(token)

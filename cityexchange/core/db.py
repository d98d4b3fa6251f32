"""The database: one session per application context, one commit per unit of work."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    event,
    literal_column,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from werkzeug.utils import import_string

from cityexchange.core import databases, deeds
from cityexchange.core.databases import queue
from cityexchange.core.deeds import Deed

LARGEST_NUMBER = 2**31 - 1
"""Of a key, on every database."""

CONNECTIONS = 20
"""That a process keeps. The one that was used last is taken first, so that few are warm instead of all lukewarm; none is
made for one request and thrown away after it."""


class UTCDateTime(TypeDecorator[datetime]):
    """Aware in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value, dialect):
        return value.replace(tzinfo=UTC) if value else None


NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    # On the registry, not on the class: Flask-SQLAlchemy copies the class and would trip over the map.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: UTCDateTime}
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


_ahead = timedelta()


def utcnow() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC) + _ahead


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The clock of the whole process goes on from there: for tests, and for what an invented community did before today."""
    global _ahead
    before, _ahead = _ahead, moment - datetime.now(UTC)
    try:
        yield
    finally:
        _ahead = before


def insert(model: Any) -> Any:
    """An INSERT of this database, which knows ON CONFLICT."""
    return import_string(f"sqlalchemy.dialects.{db.engine.dialect.name}:insert")(model)


def among(column: Any, words: Iterable[str]) -> ColumnElement[bool]:
    """As `column.in_(words)`, for words of the program: `in_` puts its statement together anew whenever it runs."""
    return or_(*(column == constant(word) for word in words))


def constant(word: str) -> ColumnElement[str]:
    """A word of the program in the statement itself: of a parameter databases do not know how many rows it finds."""
    if not re.fullmatch(r"\w+", word):
        raise ValueError(f"{word!r} is no word of the program")
    return literal_column(f"'{word}'", String)


def at_most(number: int) -> ColumnElement[int]:
    """For `limit`, as a number in the statement: PostgreSQL keeps no plan for a statement whose limit it does not know."""
    return literal_column(str(int(number)), Integer)


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    updated_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow)


def on_change(*columns: Any) -> Callable[[Callable[[Any, str, Any], None]], Callable[[Any, str, Any], None]]:
    """Decorates f(record, before, after): called when one of these columns of a record had a text and gets another value,
    whoever changes it, a form, a verb or somebody in a shell."""

    def listen(deed):
        def hear(record, after, before, _initiator):
            if isinstance(before, str) and before != after:
                deed(record, before, after)

        for column in columns:
            event.listen(column, "set", hear, active_history=True)
        return deed

    return listen


def hold(record: Any) -> None:
    """Until this unit ends nobody else changes the record: a second press waits here, and then reads what the first one did."""
    db.session.flush()
    db.session.refresh(record, with_for_update={"of": type(record)})


class UnitOfWork:
    """What happens together or not at all."""

    def __init__(self):
        self.is_undone = False

    def undo(self):
        """Nothing of this unit is kept, though nobody raised: an answer that says no."""
        self.is_undone = True


@contextmanager
def unit_of_work(writing: bool = True) -> Iterator[UnitOfWork]:
    """Everything inside happens together or not at all; then the outside world hears of it.

    Not to be nested in one application context: the inner commit would be the outer's too.
    """
    work, token = UnitOfWork(), databases.is_writing.set(writing)
    unit = databases.is_unit.set(True)
    try:
        yield work
        db.session.rollback() if work.is_undone else db.session.commit()
    except BaseException:
        work.undo()
        db.session.rollback()
        raise
    finally:
        databases.is_writing.reset(token)
        databases.is_unit.reset(unit)
        deeds.carry_out_all(unit_of_work, _to_be_done(work), writing)


def rows(statement: Any, bind_values: dict[str, Any]) -> Any:
    """The result of a statement that reads columns, straight from the connection: half of what the session's own way costs.

    Nothing is flushed first, and no records come of it.
    """
    return db.session.connection().execute(statement, bind_values)


def _to_be_done(work):
    kept = db.session.info.pop("after_commit", ())
    always = db.session.info.pop("aftermath", ())
    return (*(() if work.is_undone else kept), *always)


def after_commit(deed: Deed) -> None:
    """Does `deed` once this unit of work is certain; forgets it if the unit is undone."""
    db.session.info.setdefault("after_commit", []).append(deed)


def aftermath(deed: Deed) -> None:
    """Does `deed` in a unit of its own after this one, kept or undone: refusals, failed sign-ins, counters."""
    db.session.info.setdefault("aftermath", []).append(deed)


def init_app(app):
    queue.be_patient(app.config["DATABASE_PATIENCE"], is_server=not app.config["IS_COMMAND"])
    pool: dict[str, Any] = {"pool_use_lifo": True, "pool_size": CONNECTIONS, "max_overflow": 0}
    pool |= {
        "pool_timeout": queue.patience(),
        "poolclass": databases.pool_of(app.config["SQLALCHEMY_DATABASE_URI"]),
    }
    # Threat: a failed statement goes into the log; what people wrote, and their addresses, must not.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = pool | {"hide_parameters": True}
    db.init_app(app)
    if app.config["IS_COMMAND"]:
        import_string("cityexchange.core.migrating:init_app")(app)
    with app.app_context():
        databases.prepare(db.engine)
        if app.testing:
            event.listen(db.engine, "before_cursor_execute", databases.insist_on_reading)

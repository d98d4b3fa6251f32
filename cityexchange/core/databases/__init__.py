"""What each database needs: to be a server's, under gevent, set up by the name of the engine's dialect; and to find and number rows as meant."""

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Integer, Table, event, make_url
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from werkzeug.utils import import_string

is_writing: ContextVar[bool] = ContextVar("is_writing", default=True)
"""Whether the unit of work that begins now may write."""
is_unit: ContextVar[bool] = ContextVar("is_unit", default=False)
"""Whether there is one."""


def pool_of(url: str) -> Any:
    """The class of its connections' pool."""
    return import_string(f"{__name__}.{make_url(url).get_backend_name()}:Connections")


def prepare(engine):
    import_string(f"{__name__}.{engine.dialect.name}:prepare")(engine)


def insist_on_reading(_connection, _cursor, statement, *_):
    """In tests, a reading unit that writes is an error: on PostgreSQL it would be kept whatever becomes of the unit."""
    if not is_writing.get() and statement.startswith(("INSERT", "UPDATE", "DELETE")):
        raise AssertionError(f"a unit of work that only reads wrote: {statement}")


@event.listens_for(Table, "after_parent_attach")
def _give_no_number_twice(table, _metadata):
    """Threat: SQLite would give a deleted row's number to the next one, and what names a record by type and
    number (translations, files, mails, audit) would then speak of a stranger. PostgreSQL never does."""
    keys = list(table.primary_key.columns)
    if len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys:
        table.dialect_kwargs["sqlite_autoincrement"] = True


class line_by_line(FunctionElement[Any]):  # noqa: N801  # said as the functions around it
    """Around a column, for a condition that is no way to find rows. SQLite would begin with it, read all rows that meet it and sort
    them for the few that are shown: a plus keeps it to the order asked for. PostgreSQL knows how many it would find."""

    inherit_cache = True


@compiles(line_by_line)
def _as_it_is(element, compiler, **options):
    return compiler.process(element.clauses, **options)


@compiles(line_by_line, "sqlite")
def _with_plus(element, compiler, **options):
    return f"+{compiler.process(element.clauses, **options)}"

"""After a test only those tables are emptied that something was inserted into: most tests write to few of many.

What no statement of SQLAlchemy in this process inserted would stay (say `written_elsewhere`); that nothing does is looked at once, at the end of each process.
"""

import re

from sqlalchemy import event, exists, select, text
from sqlalchemy.engine import Engine

from cityexchange.core.db import db

INSERT = re.compile(r"\bINSERT\s+(?:OR\s+\w+\s+)?INTO\s+[\"`]?(\w+)", re.IGNORECASE)
FIRST, APART = 1_000, 3_000
_written = set()


@event.listens_for(Engine, "before_cursor_execute")
def _note(connection, cursor, statement, *_):
    # Of any database: a name too many costs one DELETE that finds nothing.
    _written.update(INSERT.findall(statement))


def number_apart():
    """Lets each table of a new database begin with a number of its own: that no two records happen to have the same hides no
    fault, and no small number that a test makes up is somebody's."""
    for place, table in enumerate(db.metadata.sorted_tables):
        if table.autoincrement_column is not None:
            _begin_at(table, FIRST + place * APART)
    db.session.commit()


def _begin_at(table, number):
    bind_values = {"name": table.name, "key": table.autoincrement_column.name, "number": number}
    if db.engine.dialect.name == "sqlite":
        db.session.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :number)"), bind_values
        )
    else:
        db.session.execute(text("SELECT setval(pg_get_serial_sequence(:name, :key), :number)"), bind_values)


def written_elsewhere(*models):
    """For a test that lets other processes write into the database of this one."""
    _written.update(model.__tablename__ for model in models)


def empty_tables():
    # `created_last` first: circular keys between tables are deferred by NULLing on delete.
    for table in reversed(db.metadata.sorted_tables):
        if table.name in _written:
            db.session.execute(table.delete())
    db.session.commit()
    _written.clear()


def tables_with_rows():
    """The names of tables that hold something."""
    asked = {table.name: exists(select(1).select_from(table)).select() for table in db.metadata.sorted_tables}
    return [name for name, question in asked.items() if db.session.scalar(question)]

"""After a test only those tables are emptied that something was inserted into: most tests write to few of many.

What no statement of SQLAlchemy in this process inserted would stay (say `written_elsewhere`); that nothing does is looked at once, at the end of each process.
"""

import re

from sqlalchemy import event, exists, select
from sqlalchemy.engine import Engine

from cityexchange.core.db import db

INSERT = re.compile(r"\bINSERT\s+(?:OR\s+\w+\s+)?INTO\s+[\"`]?(\w+)", re.IGNORECASE)
_written = set()


@event.listens_for(Engine, "before_cursor_execute")
def _note(connection, cursor, statement, *_):
    # Of any database: a name too many costs one DELETE that finds nothing.
    _written.update(INSERT.findall(statement))


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

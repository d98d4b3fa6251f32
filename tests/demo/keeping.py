"""The illustrative community, loaded once in a process: for the tests behind the first its rows are put back as they were."""

from sqlalchemy import text

from cityexchange.core.db import db
from cityexchange.demo import loading

_kept = {}


def load_or_put_back():
    if _kept:
        _put_back()
    else:
        loading.load()
        db.session.commit()
        tables = db.metadata.sorted_tables
        _kept.update({one: [*map(dict, db.session.execute(one.select()).mappings())] for one in tables})
    db.session.commit()


def _put_back():
    # Some tables name each other in a circle: who is named may come after.
    later = (
        "PRAGMA defer_foreign_keys = ON" if _is_sqlite() else "SET LOCAL session_replication_role = replica"
    )
    db.session.execute(text(later))
    for table, rows in _kept.items():
        if rows:
            db.session.execute(table.insert(), rows)


def _is_sqlite():
    return db.engine.dialect.name == "sqlite"

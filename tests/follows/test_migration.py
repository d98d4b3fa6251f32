"""What was chosen before there were levels."""

from datetime import datetime

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from cityexchange.core.db import db
from tests.core.conftest import fresh  # noqa: F401
from tests.core.migrated import bring_to, existing_tables, kept_in, scripts

pytestmark = [pytest.mark.no_app, pytest.mark.every_database]


def test_what_was_followed_and_muted_before_there_were_levels_is_so_afterwards_both_ways(fresh):  # noqa: F811
    (script,) = (one for one in scripts(fresh) if one.path.endswith("_levels.py"))
    ids = bring_to(fresh, script.down_revision)
    tables = {table.name: table for table in existing_tables()}
    (topic,) = kept_in("topics")
    with db.engine.begin() as connection:
        connection.execute(tables["occupancies"].update().values(is_muted=True))
        connection.execute(tables["follows"].update().values(level="normal", since=datetime(2026, 1, 2)))
        further = topic | {"id": topic["id"] + 1}
        connection.execute(tables["topics"].insert().values(further))
        mine = {"member_id": ids["members"], "topic_id": further["id"], "level": "following"}
        connection.execute(tables["follows"].insert().values(mine | {"since": datetime(2026, 1, 3)}))

    upgrade(revision=script.revision)

    told = [
        (row["member_id"], row["record_type"], row["record_id"], row["level"]) for row in kept_in("follows")
    ]
    who, room = ids["members"], ids["rooms"]
    levels = [
        ("Topic", topic["id"], "normal"),
        ("Topic", further["id"], "following"),
        ("Room", room, "muted"),
    ]
    assert told == [(who, *level) for level in levels]

    downgrade(revision=script.down_revision)

    (follows,) = (table for table in existing_tables() if table.name == "follows")
    with db.engine.connect() as connection:
        rows = connection.execute(select(follows.c.topic_id, follows.c.level).order_by(follows.c.since)).all()
    assert rows == [(topic["id"], "normal"), (further["id"], "following")]
    assert [row["is_muted"] for row in kept_in("occupancies")] == [True]

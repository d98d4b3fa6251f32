"""A unit that only reads changes nothing; on PostgreSQL it needs no transaction, and waiting holds nobody else up."""

import os

import gevent
import pytest
from sqlalchemy import create_engine, insert, text

from cityexchange.core import databases
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.limits.stores import TryCount
from tests.patience import PATIENCE
from tests.session import new_database


@pytest.fixture
def engine(tmp_path):
    url = new_database(f"databases_{os.getpid()}", tmp_path, kind="postgresql")
    engine = create_engine(url)
    databases.prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def unit(engine):
    """unit(writing) -> how the server's connection stands after a question in such a unit."""

    def stand(writing):
        token = databases.is_writing.set(writing)
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
                return connection.connection.driver_connection.info.transaction_status.name
        finally:
            databases.is_writing.reset(token)

    return stand


@pytest.mark.needs("postgresql")
@pytest.mark.no_app
def test_only_a_unit_that_writes_is_a_transaction_of_postgresql(unit):
    assert [unit(writing) for writing in (False, True, False, True)] == ["IDLE", "INTRANS", "IDLE", "INTRANS"]


@pytest.mark.needs("postgresql")
@pytest.mark.no_app
def test_plans_are_kept_beside_what_the_address_asks_for(engine):
    asking = create_engine(engine.url.update_query_dict({"options": "-c work_mem=3MB"}))
    databases.prepare(asking)
    with asking.connect() as connection:
        settings = [connection.scalar(text(f"SHOW {name}")) for name in ("plan_cache_mode", "work_mem")]
    asking.dispose()
    assert settings == ["force_generic_plan", "3MB"]


@pytest.mark.needs("postgresql")
@pytest.mark.no_app
def test_who_waits_for_postgresql_holds_nobody_else_up(engine):
    def ask():
        with engine.connect() as connection:
            connection.execute(text(f"SET statement_timeout = {PATIENCE * 1000:.0f}"))
            connection.execute(text("SELECT pg_advisory_lock(1)"))

    def let_go():
        while not holder.scalar(
            text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        ):
            gevent.sleep(0)
        holder.execute(text("SELECT pg_advisory_unlock(1)"))

    with engine.connect() as holder:
        holder.execute(text("SELECT pg_advisory_lock(1)"))
        gevent.joinall([gevent.spawn(ask), gevent.spawn(let_go)], raise_error=True)


@pytest.mark.needs("postgresql")
@pytest.mark.no_app
def test_what_postgresql_refuses_is_said_and_the_line_serves_on(engine):
    with engine.connect() as connection:
        with pytest.raises(Exception, match="division by zero"):
            connection.execute(text("SELECT 1 / 0"))
        connection.rollback()
        assert connection.scalar(text("SELECT repeat('x', 3000000)")) == "x" * 3_000_000


def test_a_unit_that_only_reads_may_not_write():
    one = insert(TryCount).values(key="somebody", count=1, window_ends_at=utcnow())
    with pytest.raises(AssertionError, match="only reads"), unit_of_work(writing=False):
        db.session.execute(one)

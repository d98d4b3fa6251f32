"""The line in which those who write wait: bounded in length and time, in order, and whoever leaves makes room."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from cityexchange.core import databases
from cityexchange.core.databases import postgresql, queue, sqlite
from cityexchange.core.databases.queue import SINCE, Busy, Line, Pool, waiting_at_most
from tests.patience import PATIENCE, wait_until
from tests.session import new_database

pytestmark = pytest.mark.no_app


class Writers(Pool):
    writers = 2


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/a.sqlite", poolclass=Writers, pool_size=3, max_overflow=0)
    yield engine
    engine.dispose()


@pytest.fixture
def unit():
    """unit(writing): this thread's unit of work begins."""
    begun = []

    def begin(writing):
        begun.append((databases.is_writing, databases.is_writing.set(writing)))
        begun.append((databases.is_unit, databases.is_unit.set(True)))

    yield begin
    for name, token in reversed(begun):
        name.reset(token)


def in_line(line, many):
    threads = [threading.Thread(target=line.enter) for _ in range(many)]
    for thread in threads:
        thread.start()
    assert wait_until(lambda: line._waiting == many)
    return threads


def test_a_place_that_is_left_is_the_next_ones():
    line = Line(places=1)
    line.enter()
    (next_one,) = in_line(line, 1)
    line.leave()
    next_one.join()
    line.leave()
    line.enter()


@pytest.mark.parametrize("most", [1, 5])
def test_a_full_line_is_refused_at_once(most):
    line = Line(places=1, most_waiting=most)
    line.enter()
    waiting = in_line(line, most)
    with pytest.raises(Busy, match="too many"):
        line.enter()
    for thread in waiting:
        line.leave()
        thread.join()


def test_who_has_waited_long_enough_goes_and_takes_no_place_along():
    line = Line(places=1)
    line.enter()
    with waiting_at_most(0.01), pytest.raises(Busy, match="in time"):
        line.enter()
    assert line._waiting == 0
    line.leave()
    line.enter()


def test_writers_leave_a_connection_to_those_who_read(engine, unit):
    unit(writing=True)
    writers = [engine.connect() for _ in range(2)]
    with waiting_at_most(0.01), pytest.raises(Busy):
        engine.connect()
    unit(writing=False)
    with engine.connect() as reader:
        assert reader.scalar(text("SELECT 1")) == 1
    writers[0].close()
    unit(writing=True)
    with engine.connect():
        pass
    writers[1].close()


def test_a_writer_whose_connection_is_lost_or_was_never_made_leaves_the_line(engine, unit, tmp_path):
    unit(writing=True)
    for _ in range(3):
        lost = engine.connect()
        lost.invalidate()
        lost.close()
    broken = create_engine(f"sqlite:///{tmp_path}/none/a.sqlite", poolclass=Writers)
    for _ in range(3):
        with waiting_at_most(0.01), pytest.raises(Exception, match="unable to open"):
            broken.connect()
    with engine.connect(), engine.connect():
        pass


def test_what_is_no_unit_of_work_waits_in_no_line(engine):
    connections = [engine.connect() for _ in range(3)]
    for connection in connections:
        connection.close()


@pytest.fixture
def waited(monkeypatch, unit):
    """waited(engine): a writer's connection, after so long in line that a moment of its patience is left."""
    monkeypatch.setattr(queue.Manners, "patience", 2 * PATIENCE)
    unit(writing=True)

    def connect(engine):
        connection = engine.connect()
        connection.info[SINCE] -= 2 * PATIENCE - 0.2
        return connection

    return connect


def test_who_stood_in_line_does_not_wait_as_long_again_for_another_process(tmp_path, waited):
    path = tmp_path / "a.sqlite"
    engine = create_engine(f"sqlite:///{path}", poolclass=sqlite.Connections)
    sqlite.prepare(engine)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, waited(engine) as connection:
        other.execute("BEGIN IMMEDIATE")
        with waits_a_moment(), pytest.raises(Busy, match="another process"):
            connection.begin()
    engine.dispose()


@pytest.mark.needs("postgresql")
def test_who_stood_in_line_does_not_wait_as_long_again_for_a_row(tmp_path, waited, unit):
    url = new_database("line", tmp_path, kind="postgresql")
    engine = create_engine(url, poolclass=postgresql.Connections)
    postgresql.prepare(engine)
    with engine.connect() as first, first.begin():
        first.execute(text("CREATE TABLE rows (id int)"))
    with engine.connect() as other, other.begin():
        other.execute(text("LOCK TABLE rows"))
        with (
            waited(engine) as connection,
            waits_a_moment(),
            pytest.raises(OperationalError, match="lock timeout"),
        ):
            connection.execute(text("SELECT * FROM rows"))
    with engine.connect() as later, later.begin():
        milliseconds = later.scalar(text("SELECT setting FROM pg_settings WHERE name = 'lock_timeout'"))
        assert int(milliseconds) == 2000 * PATIENCE, "and the next writer has all of it"
    engine.dispose()


@contextmanager
def waits_a_moment():
    began = time.monotonic()
    yield
    assert time.monotonic() - began < PATIENCE

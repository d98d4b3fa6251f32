"""One kind of limit, counted in the database or in this process: the same promises, with a clock that is handed in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.jobs import run_sweep
from cityexchange.core.limits import MEMBER, Limit, declared, take
from cityexchange.core.limits.stores import PROCESS, SWEPT_EVERY, InDatabase, InProcess, TryCount

MORNING = datetime(2026, 5, 4, 9, tzinfo=UTC)


@dataclass
class Clock:
    seconds: float = 0


@pytest.fixture
def clock():
    return Clock()


def in_database(clock):
    return InDatabase(lambda: MORNING + timedelta(seconds=clock.seconds))


def in_process(clock):
    return InProcess(lambda: clock.seconds)


@pytest.fixture(params=[in_database, in_process], ids=["database", "process"])
def store(request, clock):
    return request.param(clock)


@pytest.fixture
def declare():
    """Limits that are there for one test."""
    before = set(declared.names())
    yield lambda name="probe", **rule: Limit(name, **{"most": 2, "seconds": 10, "each": MEMBER, **rule})
    for name in set(declared.names()) - before:
        declared.remove(name)


def alone(verb, *who):
    """In a unit of its own; the seconds that somebody is told to wait, or 0."""
    try:
        with unit_of_work():
            verb(*who)
    except TooManyRequests as refusal:
        return refusal.retry_after
    return 0


@pytest.mark.parametrize("verb", ["spend", "take"])
def test_a_limit_is_spent_by_each_for_themselves_and_comes_back(declare, store, clock, verb):
    try_it = getattr(declare(store=store), verb)
    assert [alone(try_it, who) for who in ("ana", "ana", "ben")] == [0, 0, 0]
    clock.seconds = 4
    assert alone(try_it, "ana") == 6
    clock.seconds = 9.5
    assert alone(try_it, "ana") == 1, "whole seconds, never none"
    clock.seconds = 10
    assert alone(try_it, "ana") == 0


def test_two_limits_do_not_count_for_each_other(declare, store):
    one, other = declare(store=store, most=1), declare("another probe", store=store, most=1)
    alone(one.spend, "ana")
    alone(other.spend, "ana")
    assert alone(one.spend, "ana") and alone(other.spend, "ana")


def test_a_try_that_was_none_is_given_back(declare, store):
    limit = declare(store=store)
    alone(limit.give_back, "ana")
    alone(limit.take, "ana")
    alone(limit.take, "ana")
    alone(limit.give_back, "ana")
    assert [alone(limit.take, "ana") > 0 for _ in range(2)] == [False, True]


def test_a_success_forgets_what_was_counted(declare, store):
    limit = declare(store=store, most=1)
    alone(limit.forget, "ana")
    alone(limit.take, "ana")
    alone(limit.forget, "ana")
    assert [alone(limit.take, "ana") > 0 for _ in range(2)] == [False, True]


def test_a_guess_counts_also_when_its_unit_is_undone(declare, store):
    limit = declare(store=store, most=1)
    with unit_of_work() as work:
        limit.take("ana")
        work.undo()
    assert alone(limit.take, "ana")


def test_a_guess_under_limits_of_both_places_counts_for_good_in_both(declare, clock):
    near, far = (
        declare(store=in_process(clock), most=1),
        declare("far probe", store=in_database(clock), most=1),
    )
    with unit_of_work() as work:
        take((near, "ana"), (far, "ana"))
        work.undo()
    assert alone(near.take, "ana") and alone(far.take, "ana")


def test_beyond_the_first_limit_the_later_ones_count_no_more(declare, store):
    narrow, wide = declare(store=store, most=1), declare("wide probe", store=store, most=2)
    alone(take, (narrow, "ana"), (wide, "network"))
    assert alone(take, (narrow, "ana"), (wide, "network"))
    assert [alone(wide.take, "network") > 0 for _ in range(2)] == [False, True]


def test_what_is_undone_has_spent_nothing_in_the_database_and_something_in_the_process(declare, clock):
    near, far = (
        declare(store=in_process(clock), most=1),
        declare("far probe", store=in_database(clock), most=1),
    )
    with unit_of_work() as work:
        near.spend("ana")
        far.spend("ana")
        work.undo()
    assert alone(near.spend, "ana")
    assert not alone(far.spend, "ana")


def test_in_the_database_a_window_begins_with_the_first_try_and_in_the_process_with_each(declare, clock):
    near, far = declare(store=in_process(clock)), declare("far probe", store=in_database(clock))
    for clock.seconds in (0, 6):
        alone(near.spend, "ana")
        alone(far.spend, "ana")
    clock.seconds = 10
    assert [alone(near.spend, "ana"), alone(near.spend, "ana")] == [0, 6]
    assert [alone(far.spend, "ana"), alone(far.spend, "ana")] == [0, 0]


def test_only_limits_of_writing_are_stretched_for_measuring(app, monkeypatch, declare):
    writing, guessing = declare(is_writing=True), declare("guess")
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 10)
    assert (writing.allowed, guessing.allowed) == (20, 2)
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 0.01)
    assert (writing.allowed, guessing.allowed) == (1, 2)


def test_a_name_is_declared_once(declare):
    limit = declare()
    assert declared["probe"] is limit
    with pytest.raises(ValueError, match="probe"):
        declare()


def test_in_the_process_who_was_quiet_is_forgotten(declare, clock):
    limit = declare(store=in_process(clock), most=1)
    for who in range(100):
        alone(limit.spend, who)
    clock.seconds = SWEPT_EVERY + 1
    alone(limit.spend, "new")
    assert set(limit.store.tries) == {limit.key("new")}


def test_no_address_is_kept(declare, clock):
    near, far = declare(store=in_process(clock)), declare("far probe", store=in_database(clock))
    alone(near.spend, "192.0.2.7")
    alone(far.spend, "192.0.2.7")
    kept = [*near.store.tries, *db.session.scalars(db.select(TryCount.key))]
    assert len(kept) == 2 and not any("192.0.2.7" in key for key in kept)


def test_windows_that_have_ended_are_forgotten_and_others_kept():
    for key, minutes in (("over", -1), ("running", 5)):
        db.session.add(TryCount(key=key, window_ends_at=utcnow() + timedelta(minutes=minutes), count=3))
    db.session.commit()
    run_sweep("tries")
    assert db.session.scalars(db.select(TryCount.key)).all() == ["running"]


def test_nothing_is_left_counted_by_the_test_before():
    assert not PROCESS.tries

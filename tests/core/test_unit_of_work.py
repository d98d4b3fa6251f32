import pytest

from cityexchange.core.db import after_commit, db, unit_of_work
from cityexchange.core.signals import Signal
from cityexchange.core.statements import insert_once
from cityexchange.core.threads import run_in_thread
from cityexchange.forums.limits import POSTS
from cityexchange.forums.models import Forum
from cityexchange.members.models import Member
from cityexchange.spaces.models import Space
from tests.factories import MemberFactory, SpaceFactory


@pytest.fixture
def heard():
    return []


@pytest.fixture
def bell(heard):
    bell = Signal("times")
    bell.connect(lambda times: heard.append(f"during {times}"))
    bell.connect(lambda times: after_commit(lambda: heard.append(f"after {times}")))
    return bell


def test_what_reaches_outside_waits_for_the_commit(bell, heard):
    with unit_of_work():
        bell.send(times=1)
        assert heard == ["during 1"]
    assert heard == ["during 1", "after 1"]


def test_what_failed_was_never_announced(bell, heard):
    with pytest.raises(RuntimeError), unit_of_work():
        bell.send(times=1)
        MemberFactory()
        raise RuntimeError
    with unit_of_work():
        pass

    assert heard == ["during 1"]
    assert db.session.scalar(db.select(db.func.count()).select_from(Member)) == 0


def test_a_signal_has_exactly_its_payload(bell):
    with pytest.raises(TypeError):
        bell.send(time=1)


def change_a_record():
    MemberFactory().name = "Ana"


def flush_a_record():
    MemberFactory()
    db.session.flush()


def run_a_statement():
    POSTS.spend(1)


def add_past_the_session():
    space_id = db.session.scalar(db.select(Space.id))
    assert insert_once(Forum(slug="new", name="New", space_id=space_id), "slug")


@pytest.fixture
def space():
    SpaceFactory()
    db.session.commit()


CHANGES = [change_a_record, flush_a_record, run_a_statement, add_past_the_session]


@pytest.mark.parametrize("make_change", CHANGES)
def test_slow_work_after_a_change_would_lose_it_and_is_an_error(space, make_change):
    with pytest.raises(RuntimeError), unit_of_work():
        make_change()
        run_in_thread(len, "slow")


@pytest.mark.parametrize("make_change", CHANGES)
def test_slow_work_comes_before_the_first_change_and_after_the_last_units(space, make_change):
    for _unit in range(2):
        with unit_of_work():
            db.session.scalar(db.select(Member.id))
            assert run_in_thread(len, "slow") == 4
            make_change()
            db.session.rollback()
        with unit_of_work():
            assert run_in_thread(len, "slow") == 4
            MemberFactory()

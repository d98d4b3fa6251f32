import pytest

from cityexchange.core.db import after_commit, db, unit_of_work
from cityexchange.core.signals import Signal
from cityexchange.members.models import Member
from tests.factories import MemberFactory


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


def test_a_signal_says_exactly_its_facts(bell):
    with pytest.raises(TypeError):
        bell.send(time=1)

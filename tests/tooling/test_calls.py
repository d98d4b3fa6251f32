"""tests/calls.py counts what a deed does, and nothing else."""

import gc
import weakref

import pytest

from tests.calls import calls_of

pytestmark = pytest.mark.no_app


class Circle:
    """Nobody but the collector finds out that it is gone; and then that takes a call."""

    def __init__(self):
        self.itself = self
        weakref.finalize(self, len, "")


def make_circles():
    for _ in range(50):
        Circle()


@pytest.fixture
def collector():
    """collector(1) clears up all the time; with the number of things after which it does."""
    before, was_on = gc.get_threshold(), gc.isenabled()
    gc.enable()
    yield gc.set_threshold
    gc.set_threshold(*before)
    gc.enable() if was_on else gc.disable()


def test_what_is_thrown_away_is_cleared_up_outside_what_is_counted(collector):
    collector(100_000)
    calm = calls_of(make_circles)
    collector(1)
    assert calls_of(make_circles) == calm
    assert gc.isenabled()


def test_the_calls_of_one_file_are_counted_alone():
    assert calls_of(make_circles, file="no_such_file.py") == 0 < calls_of(make_circles, file="test_calls.py")

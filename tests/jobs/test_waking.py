"""A wake costs a write: many replies at a time must not wake each, and none may wait for the next round."""

import pytest

from cityexchange.core.jobs.waking import PAUSE, Waker
from tests.patience import wait_until

pytestmark = pytest.mark.no_app
DEBOUNCE = 0.5


class Clock:
    """Time as the test lets it pass."""

    def __init__(self):
        self.moment, self.waiting = 1000.0, []

    def now(self):
        return self.moment

    def later(self, seconds, deed):
        self.waiting.append((self.moment + seconds, deed))

    def pass_by(self, seconds):
        self.moment += seconds
        due = [one for one in self.waiting if one[0] <= self.moment]
        self.waiting = [one for one in self.waiting if one not in due]
        for _, deed in due:
            deed()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sent():
    return []


@pytest.fixture
def waker(sent, clock):
    return Waker(sent.append, DEBOUNCE, clock.now, clock.later)


def test_the_first_wake_goes_out_at_once_and_the_rest_of_the_debounce_time_is_one_more(waker, sent, clock):
    for _ in range(100):
        waker.wake("mail")
    assert sent == ["mail"]

    clock.pass_by(DEBOUNCE)
    assert sent == ["mail", "mail"]
    clock.pass_by(2 * DEBOUNCE)
    assert sent == ["mail", "mail"]


@pytest.mark.parametrize("pause", [1, PAUSE - 1, PAUSE + 1])
def test_after_a_wake_that_was_long_in_failing_nobody_waits_for_the_same_for_a_while(clock, pause):
    tried = []

    def fail(name):
        tried.append(name)
        clock.moment += 3
        raise TimeoutError

    waker = Waker(fail, DEBOUNCE, clock.now, clock.later)
    with pytest.raises(TimeoutError):
        waker.wake("mail")
    for _ in range(100):
        waker.wake("mail")
    assert tried == ["mail"]

    clock.pass_by(pause)
    assert len(tried) == (1 if pause < PAUSE else 2)


def test_another_name_does_not_wait(waker, sent):
    waker.wake("mail")
    waker.wake("files")

    assert sent == ["mail", "files"]


def test_after_the_debounce_time_a_wake_goes_out_at_once_again(waker, sent, clock):
    waker.wake("mail")
    clock.pass_by(DEBOUNCE)
    waker.wake("mail")

    assert sent == ["mail", "mail"]


def test_a_wake_that_fails_late_is_tried_again_with_the_next(sent, clock, caplog):
    def send(name):
        sent.append(name)
        if len(sent) == 2:
            raise OSError("no room left")

    waker = Waker(send, DEBOUNCE, clock.now, clock.later)
    waker.wake("mail")
    waker.wake("mail")
    clock.pass_by(DEBOUNCE)
    clock.pass_by(DEBOUNCE)
    waker.wake("mail")

    assert len(sent) == 3 and "could not be woken" in caplog.text


def test_the_debounce_time_of_a_process_ends_by_itself(sent):
    waker = Waker(sent.append)
    waker.wake("mail")
    waker.wake("mail")

    assert wait_until(lambda: sent == ["mail", "mail"])

"""A knock costs a write: many replies in one breath must not knock each, and none may wait for the next round."""

import time

import pytest

from cityexchange.core.jobs.waking import Waker

pytestmark = pytest.mark.no_app
BREATH = 0.5


@pytest.fixture
def sent():
    return []


@pytest.fixture
def waker(sent):
    return Waker(sent.append, BREATH)


def until(number, sent):
    deadline = time.monotonic() + 20
    while len(sent) < number and time.monotonic() < deadline:
        time.sleep(0.01)


def test_the_first_wake_goes_out_at_once_and_the_rest_of_the_breath_is_one_more(waker, sent):
    for _ in range(100):
        waker.wake("mail")
    assert sent == ["mail"]

    until(2, sent)
    time.sleep(2 * BREATH)
    assert sent == ["mail", "mail"]


def test_another_name_does_not_wait(waker, sent):
    waker.wake("mail")
    waker.wake("files")

    assert sent == ["mail", "files"]


def test_after_a_breath_a_wake_goes_out_at_once_again(waker, sent):
    waker.wake("mail")
    time.sleep(2 * BREATH)
    waker.wake("mail")

    assert sent == ["mail", "mail"]


def test_a_wake_that_fails_late_is_tried_again_with_the_next(sent, caplog):
    def send(name):
        sent.append(name)
        if len(sent) == 2:
            raise OSError("no room left")

    waker = Waker(send, BREATH)
    waker.wake("mail")
    waker.wake("mail")
    until(2, sent)
    time.sleep(2 * BREATH)
    waker.wake("mail")

    assert len(sent) == 3 and "could not be woken" in caplog.text

"""What lies between us and the mail server: whatever it does to a line, the mails wait, and then each arrives."""

from datetime import timedelta

import pytest

from cityexchange.core.db import clock_at, utcnow
from cityexchange.core.mail import post_office, queue_mail
from tests.factories import MemberFactory, SpaceFactory
from tests.faults.proxy import BLACK_HOLE, RESET, SLOW, Fault, Proxy

MAILS = 3
FAULTS = {"reset": RESET, "black hole": BLACK_HOLE} | {
    f"cut after {most} bytes": Fault(answer=most) for most in (10, 60, 120, 160, 200, 260)
}


@pytest.fixture
def proxy(sink, monkeypatch):
    monkeypatch.setattr(post_office, "TIMEOUT", 0.5)
    with Proxy(sink.controller.port) as proxy:
        yield proxy


def queue_some():
    space = SpaceFactory()
    for number in range(MAILS):
        queue_mail(f"mail:{number}", MemberFactory(), "test/reply", record=space, number=number)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_mails_wait_while_a_line_fails_and_arrive_afterwards(proxy, sink, deliver_to, states, fault):
    url = f"smtp://127.0.0.1:{proxy.port}"
    queue_some()
    proxy.begin(fault)
    deliver_to(url)
    sent = [state for state, _ in states()].count("sent")
    in_doubt = len(sink.taken) - sent
    assert sent < MAILS and in_doubt <= 1, (
        "only the answer to the last dot may be lost: see core/mail/delivery.py"
    )
    assert {state for state, _ in states()} <= {"queued", "sent"}

    proxy.mend()
    with clock_at(utcnow() + timedelta(hours=1)):
        deliver_to(url)
    assert [state for state, _ in states()] == ["sent"] * MAILS
    copies = sink.by_message_id()
    assert len(copies) == MAILS and sum(copies.values()) == MAILS + in_doubt


def test_over_a_slow_line_mails_arrive_once(proxy, sink, deliver_to, states):
    queue_some()
    proxy.begin(SLOW)
    deliver_to(f"smtp://127.0.0.1:{proxy.port}")
    assert sorted(sink.by_message_id().values()) == [1] * MAILS and {state for state, _ in states()} == {
        "sent"
    }

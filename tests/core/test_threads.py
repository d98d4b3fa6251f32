"""Slow work beside the event loop, in the web server's own way of running: with gevent."""

import json
import subprocess
import sys
from itertools import pairwise

import pytest

from cityexchange.core.threads import Rests

pytestmark = pytest.mark.no_app

MANY = """
from gevent import monkey
monkey.patch_all()
import json, os
os.cpu_count = lambda: {cores}
import gevent
from cityexchange.core import threads
threads.let_go = lambda: None  # there is no session
at_work, most = [], 0
heard = monkey.get_original("threading", "Event")()
def work():
    at_work.append(1)
    heard.wait()
    at_work.pop()
def let_them():
    # Nobody comes to an end before all have had their chance to begin, and the event loop its turn.
    global most
    while len(at_work) < {at_once}:
        gevent.sleep(0)
    for _ in range(100):
        gevent.sleep(0)
        most = max(most, len(at_work))
    heard.set()
gevent.joinall([gevent.spawn(let_them), *(gevent.spawn(threads.run_in_thread, work) for _ in range(8))])
print(json.dumps(most))
"""


@pytest.mark.parametrize(("cores", "at_once"), [(1, 1), (2, 1), (4, 3)])
def test_one_core_is_left_to_all_others_however_much_is_to_be_done(cores, at_once):
    done = subprocess.run(
        [sys.executable, "-c", MANY.format(cores=cores, at_once=at_once)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == at_once


def test_work_that_rests_leaves_half_of_the_time_in_long_pieces():
    now, slept = 0.0, []

    def sleep(seconds):
        nonlocal now
        slept.append((now, seconds))
        now += seconds

    rests = Rests(lambda: now, sleep)
    while now < 0.3:
        rests()
        now += 0.0001
    worked = [after - before - rest for (before, rest), (after, _) in pairwise(slept)]
    assert sum(seconds for _, seconds in slept) == pytest.approx(0.15, rel=0.1)
    assert max(worked) <= Rests.WORK + 0.0002 and min(seconds for _, seconds in slept) == Rests.REST

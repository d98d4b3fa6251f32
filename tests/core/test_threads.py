"""Slow work beside the event loop, in the web server's own way of running: with gevent."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.no_app

MANY = """
from gevent import monkey
monkey.patch_all()
import json, os, time
os.cpu_count = lambda: {cores}
import gevent
from cityexchange.core import threads
threads.let_go = lambda: None  # there is no session
now, most = 0, 0
sleep = monkey.get_original("time", "sleep")
def work():
    global now, most
    now += 1
    most = max(most, now)
    sleep(0.02)
    now -= 1
turns = []
def others():
    while not turns or turns[-1] is not None:
        turns.append(1)
        gevent.sleep(0)
loop = gevent.spawn(others)
gevent.joinall([gevent.spawn(threads.run_in_thread, work) for _ in range(8)])
loop.kill()
print(json.dumps([most, len(turns) > 8]))
"""


@pytest.mark.parametrize(("cores", "at_once"), [(1, 1), (2, 1), (4, 3)])
def test_one_core_is_left_to_all_others_however_much_is_to_be_done(cores, at_once):
    done = subprocess.run(
        [sys.executable, "-c", MANY.format(cores=cores)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [at_once, True]

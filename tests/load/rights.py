"""How soon a lost right is felt: from signing out in one process until a line in another process is told its end."""

import random
import statistics
import threading
import time
from contextlib import suppress

from websocket import WebSocketException

from cityexchange.core.sockets import outbox
from tests.core.live import ProbeServer, RawLine, probed
from tests.services import Redis


def lost_rights(folder, database_url, times):
    """{what is between the processes: the median and the longest of so many times, in milliseconds}"""
    probed(folder, database_url)
    with Redis() as redis:
        ways = {"without Redis": {}, "with Redis": {"REDIS_URL": redis.url}}
        return {way: _over(folder, database_url, times, settings) for way, settings in ways.items()}


def _over(folder, database_url, times, settings):
    one, two = (ProbeServer(folder, database_url, **settings) for _ in range(2))
    with one, two:
        _once(one, two)  # warm: both listen
        found = [_once(one, two) for _ in range(times)]
    return {"median": statistics.median(found), "longest": max(found)}


def _once(one, two):
    cookie, ended = one.sign_in(), []
    line = RawLine(two, cookie)
    reader = threading.Thread(target=_read_to_the_end, args=(line, ended))
    reader.start()
    time.sleep(random.uniform(0, outbox.EVERY))  # the other process reads its rows in a beat of its own
    began = time.monotonic()
    one.post("/sign-out", cookie)
    reader.join()
    return (ended[0] - began) * 1000


def _read_to_the_end(line, ended):
    with suppress(WebSocketException, OSError):
        while line.ws.recv():
            pass
    ended.append(time.monotonic())

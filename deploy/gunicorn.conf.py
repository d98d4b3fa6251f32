"""The web server: one gevent process that holds every live line. `make run` and a deployment use the same file.

More processes need Redis (REDIS_URL) between them and a proxy that keeps a client on its process: start several
gunicorns, one port each, rather than several workers in one.
"""

import ctypes
import errno
import json
import logging
import os
import re
import resource
import sys
import time
import traceback
from datetime import UTC, datetime

import gevent
from gunicorn.glogging import Logger
from gunicorn.workers.ggevent import GeventWorker

HOST, PORT = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"

bind = f"{HOST}:{PORT}"
workers = 1
worker_connections = 20_000  # gunicorn's own 1,000 would cap the live lines
keepalive = 30  # seconds, for the head of a request too: half of one is hung up on
timeout = 60
graceful_timeout = (
    5  # live lines never end by themselves; their clients come back and ask for what they missed
)
preload_app = False  # gevent patches the process before the application is imported, never after
accesslog = None  # the application logs requests itself, without personal data
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Lines(logging.Formatter):
    """JSON as of the application (cityexchange/core/logs.py), which may not be imported here: gevent patches the process first.

    Threat: the server's own words hold the caller's address and what was sent. Of a line that is about a request only what it
    is about is kept; of an error its kind and where it was.
    """

    def format(self, record):
        line = {"event": self.event(record), "level": record.levelname.lower(), "logger": record.name}
        if refused := re.match(r"Invalid request from ip=\S*: ([A-Za-z ]*)", str(record.msg)):
            line |= {"event": "invalid request", "reason": refused[1].strip()}
        if record.exc_info and record.exc_info[0]:
            kind, _, way = record.exc_info
            line |= {"error": kind.__name__, "way": traceback.format_tb(way)}
        line["timestamp"] = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return json.dumps(line)

    def event(self, record):
        """With its numbers and the names of signals; other things are what somebody sent."""
        arguments = record.args if isinstance(record.args, tuple) else ()
        is_plain = all(re.fullmatch(r"\d+|SIG[A-Z0-9]+", str(one)) for one in arguments)
        return record.getMessage() if is_plain else str(record.msg)


class logger_class(Logger):  # noqa: N801  # a setting
    def _set_handler(self, log, output, fmt, stream=None):
        super()._set_handler(log, output, Lines(), stream)


BODY_SECONDS = float(os.environ.get("BODY_SECONDS") or 300)
"""For all of what a request sends, from the first reading. Threat: a byte now and then holds a greenlet for ever, and nothing else ends it."""


class Reader:
    """Of a body, as gunicorn's own. What takes too long is as what was cut off."""

    def __init__(self, reader):
        self.reader, self.until = reader, None

    def read(self, size):
        self.until = self.until or time.monotonic() + BODY_SECONDS
        cut_off = ConnectionResetError(errno.ECONNRESET, "the body took too long")
        with gevent.Timeout(max(0, self.until - time.monotonic()), cut_off):
            return self.reader.read(size)


class worker_class(GeventWorker):  # noqa: N801  # a setting
    def handle_request(self, listener_name, req, sock, addr):
        req.body.reader = Reader(req.body.reader)
        super().handle_request(listener_name, req, sock, addr)


_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


# Memory that was freed goes back to the machine, and threads share one heap: 4 MB less in a process (M_TRIM_THRESHOLD, M_MMAP_THRESHOLD
# and M_ARENA_MAX of glibc, as MALLOC_TRIM_THRESHOLD_ and its like would say from outside).
if sys.platform.startswith("linux"):
    for option, value in ((-1, 65536), (-3, 65536), (-8, 1)):
        getattr(ctypes.CDLL(None), "mallopt", lambda *_: 0)(option, value)


def post_worker_init(worker):
    """What is made once of libraries is made before somebody has to wait for it."""
    from cityexchange.cities import register
    from cityexchange.languages import detection

    with worker.wsgi.app_context():
        for warm_up in (detection.warm_up, register.warm_up):
            worker.notify()  # the first time, on a busy machine, each may need the `timeout` for itself
            warm_up()

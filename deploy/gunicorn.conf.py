"""The web server: one gevent process that holds every live line. `make run` and a deployment use the same file.

More processes need Redis (REDIS_URL) between them and a proxy that keeps a client on its process: start several
gunicorns, one port each, rather than several workers in one.
"""

import ctypes
import os
import resource
import sys

HOST, PORT = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"

bind = f"{HOST}:{PORT}"
worker_class = "gevent"
workers = 1
worker_connections = 20_000  # gunicorn's own 1,000 would cap the live lines
keepalive = 30
timeout = 60
graceful_timeout = (
    5  # live lines never end by themselves; their clients come back and ask for what they missed
)
preload_app = False  # gevent patches the process before the application is imported, never after
accesslog = None  # the application logs requests itself, without personal data
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None

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

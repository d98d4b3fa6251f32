"""Slow work beside the event loop, so that other members' answers do not wait for it."""

import os
from collections.abc import Callable
from typing import Any

import gevent
from gevent import monkey
from gevent.lock import BoundedSemaphore

from cityexchange.core.transactions import let_go

_cores = BoundedSemaphore(max(1, (os.cpu_count() or 1) - 1))
"""One core is left to the event loop, however many wait: fifty hashes asked for at once would take all of them from everybody."""


def run_in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Does pure work (a hash, an image) in a thread and waits for it like a greenlet. See `let_go`."""
    let_go()
    if not monkey.is_module_patched("threading"):
        return work(*arguments)
    with _cores:
        return gevent.get_hub().threadpool.apply(work, arguments)

"""Slow work beside the event loop, so that other members' answers do not wait for it."""

from collections.abc import Callable
from typing import Any

import gevent
from gevent import monkey

from cityexchange.core.transactions import let_go


def run_in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Does pure work (a hash, an image) in a thread and waits for it like a greenlet. See `let_go`."""
    let_go()
    if not monkey.is_module_patched("threading"):
        return work(*arguments)
    return gevent.get_hub().threadpool.apply(work, arguments)

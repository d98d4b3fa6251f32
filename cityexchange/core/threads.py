"""Slow work beside the event loop, so that other members' answers do not wait for it."""

from collections.abc import Callable
from typing import Any

import gevent
from gevent import monkey

from cityexchange.core.db import db


def aside(work: Callable[..., Any], *arguments: Any) -> Any:
    """Does pure work (a hash, an image) in a thread and waits for it like a greenlet.

    Ends the transaction begun so far: the writer's lock must not be held while we wait.
    Call it before the unit's first change, which would be lost: RuntimeError where there was one, flushed or made past
    the session (core/statements.py) too.
    """
    changes = db.session.new or db.session.dirty or db.session.deleted
    if changes or db.session.info.get("has_changed"):
        raise RuntimeError("slow work must come before the first change")
    db.session.rollback()
    if not monkey.is_module_patched("threading"):
        return work(*arguments)
    return gevent.get_hub().threadpool.apply(work, arguments)

"""Reading a heavy text beside the event loop, before anything is changed: the writer's lock must not be held meanwhile.

One at a time, so that many of them leave half of the machine to all others. What is read waits with the request until `render` or
`mentioned` asks for it; it takes up to ten megabytes, so the next text is read only when that request has ended.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import g, has_app_context
from gevent.lock import BoundedSemaphore

from cityexchange.core.databases.queue import Busy
from cityexchange.core.text.cost import HEAVY, MOST_WORK, is_seen_at_once, work_of
from cityexchange.core.text.limits import HEAVY_TEXTS
from cityexchange.core.text.mentions import may_mention
from cityexchange.core.threads import run_in_thread
from cityexchange.core.transactions import let_go

Tokens = list[Any]
LONGEST = 20
"""Seconds that a text waits for others: whoever is read may have to wait for the database."""
_one_at_a_time = BoundedSemaphore(1)


def read_ahead(read: Callable[[str], Tokens], texts: Iterable[str], who: object) -> None:
    """Raises TooManyRequests beyond what `who` may have read: no heavy text is read where it is written. Busy where others' take too long."""
    for text in {as_kept(text) for text in texts}:
        if HEAVY <= work_of(text) <= MOST_WORK:
            HEAVY_TEXTS.spend(who)
            let_go()  # before we wait for others' texts
            _take_turn()
            g.setdefault("read_ahead", {})[text] = run_in_thread(_read_often, read, text)


def _take_turn():
    if "is_reading_ahead" not in g:
        if not _one_at_a_time.acquire(timeout=LONGEST):
            raise Busy("others' texts are read")
        g.is_reading_ahead = True


def leave(_error: BaseException | None = None) -> None:
    """With its request, or event of a line."""
    g.pop("read_ahead", None)
    if g.pop("is_reading_ahead", False):
        _one_at_a_time.release()


def taken(text: str) -> Tokens | None:
    """What was read of this very text, once for each use."""
    left = g.get("read_ahead", {}).get(text) if has_app_context() else None
    return left.pop() if left else None


def as_kept(text: str) -> str:
    """As forms keep what comes with a browser's ends of lines (core/fields.py)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _read_often(read, text):
    return [read(text) for _ in range(_uses(text))]


def _uses(text):
    """A text is read to be drawn, to know whom it calls, and whether anything is seen; who draws changes what was read."""
    return 1 + may_mention(text) + (not is_seen_at_once(text))

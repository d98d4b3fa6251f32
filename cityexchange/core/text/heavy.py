"""Reading a heavy text beside the event loop, before anything is changed: the writer's lock must not be held meanwhile.

One at a time, so that many of them leave half of the machine to all others. What is read waits with the request until `render` or
`mentioned` asks for it; that may take megabytes, so the next text is read only when that request has ended.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import g, has_app_context
from gevent.lock import BoundedSemaphore
from werkzeug.exceptions import RequestEntityTooLarge

from cityexchange.core.databases.queue import Busy
from cityexchange.core.text.cost import HEAVY, MOST_WORK, work_of
from cityexchange.core.text.limits import HEAVY_TEXTS
from cityexchange.core.threads import run_in_thread
from cityexchange.core.transactions import let_go

Tokens = list[Any]


class Found(NamedTuple):
    """What was made of a text without a question to the database: its HTML, whom it calls and whether anything of it is seen, or where those
    depend on more than its words the tokens, once for each use."""

    tokens: list[Tokens]
    html: str | None = None
    names: dict[str, list[str]] | None = None
    is_seen: bool = False


NOTHING = Found([])
MOST_TOGETHER = 4 * MOST_WORK
"""Work of all heavy texts of one form. Threat: sixty of them, in one form of a visitor, would take half a gigabyte and the turn of all others."""
LONGEST = 40
"""Seconds that a text waits for others: whoever is read may have to wait for the database."""
_one_at_a_time = BoundedSemaphore(1)


def read_ahead(read: Callable[[str], Found], texts: Iterable[str], who: object) -> None:
    """Raises TooManyRequests beyond what `who` may have read: no heavy text is read where it is written. Busy where others' take too long;
    RequestEntityTooLarge of more than is read together."""
    work = {text: work_of(text) for text in map(as_kept, texts)}
    heavy = [text for text in work if HEAVY <= work[text] <= MOST_WORK]
    if sum(work[text] for text in heavy) > MOST_TOGETHER:
        raise RequestEntityTooLarge
    for text in heavy:
        HEAVY_TEXTS.spend(who)
        let_go()  # before we wait for others' texts
        _take_turn()
        g.setdefault("read_ahead", {})[text] = run_in_thread(read, text)


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


def found(text: str) -> Found:
    """What is known of this very text."""
    return g.get("read_ahead", {}).get(text, NOTHING) if has_app_context() else NOTHING


def taken(text: str) -> Tokens | None:
    """What was read of it, once for each use."""
    left = found(text).tokens
    return left.pop() if left else None


def as_kept(text: str) -> str:
    """As forms keep what comes with a browser's ends of lines (core/fields.py)."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()

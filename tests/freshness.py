"""Pages and parts of pages in memory are true: whenever a test is shown one, it is made anew and compared.

What a page or a part shows and its key does not hold would be yesterday's for one reader, or another's for the next.
"""

from contextlib import contextmanager

from werkzeug.exceptions import HTTPException

from cityexchange.core import pages
from cityexchange.core.compression import unpack

_page, _part = pages._page, pages._part
_is_watching = [True]


def _insist_on_freshness(place, make):
    was_kept = pages.parts.recall(place) is not None
    part = _part(place, make)
    if was_kept and _is_watching[0] and part != (now := make()):
        raise AssertionError(f"a part in memory is out of date: {place}\n{part}\n--- is now ---\n{now}")
    return part


def _insist_on_fresh_pages(mark, make):
    """Nothing that differs from one request to the next stands in such a page: no token, no nonce, no name."""
    kept = pages.pages.recall(mark)
    answer = _page(mark, make)
    if kept is not None and _is_watching[0] and unpack(kept).decode() != (now := _made(make)):
        raise AssertionError(
            f"a page in memory is out of date:\n{unpack(kept).decode()}\n--- is now ---\n{now}"
        )
    return answer


def _made(make):
    try:
        return make()
    except HTTPException as gone:
        return gone


def watch():
    pages._part, pages._page = _insist_on_freshness, _insist_on_fresh_pages


@contextmanager
def unwatched():
    """For tests that count what a page asks."""
    _is_watching[0] = False
    try:
        yield
    finally:
        _is_watching[0] = True

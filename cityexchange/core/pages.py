"""Pages that look the same to every visitor: made once for each version, then answered from memory, or by 304."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import make_response, request, session
from flask_babel import get_locale

from cityexchange.core.assets import tree

MOST = 400
"""Pages kept, the least asked for forgotten first; about 16 MB of finished pages."""
_pages: OrderedDict[str, str] = OrderedDict()


def for_visitors(version: Any, make: Callable[[], Any]) -> Any:
    """What `make` renders, or made before of the same `version` (any facts that change when the page does).

    For pages without a form: a visitor's own token must not stand in another visitor's page. None as
    version, or a message waiting for this visitor, and the page is made as ever.
    """
    if version is None or "_flashes" in session:
        return make()
    mark = _mark(version)
    if mark in request.if_none_match:
        return _answer(mark, "")
    if mark not in _pages:
        page = make()
        if not isinstance(page, str):
            return page
        _keep(mark, page)
    _pages.move_to_end(mark)
    return _answer(mark, _pages[mark])


def _mark(version):
    seen = (request.full_path, version, str(get_locale()), request.cookies.get("theme"), tree().version)
    return hashlib.sha256(repr(seen).encode(errors="surrogatepass")).hexdigest()[:32]


def _keep(mark, page):
    _pages[mark] = page
    if len(_pages) > MOST:
        _pages.popitem(last=False)


def _answer(mark, page):
    response = make_response(page)
    response.set_etag(mark)
    return response.make_conditional(request)

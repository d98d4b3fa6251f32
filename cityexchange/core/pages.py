"""Pages that look the same to every visitor: made once for each version, then answered from memory, or by 304."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, make_response, render_template, request, session
from flask_babel import get_locale
from markupsafe import Markup

from cityexchange.core.assets import tree

MOST = 400
"""Pages kept, the least asked for forgotten first; about 16 MB of finished pages."""
MOST_PARTS = 300
"""Parts of pages kept; the parts that one application keeps are few, but anybody may ask with any query."""
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


def kept(template: str, *facts: Any) -> Markup:
    """A part of all pages, drawn once for each language and for each `facts` that it shows besides."""
    parts: dict[Any, Markup] = current_app.extensions.setdefault("kept_parts", {})
    key = template, facts, str(get_locale()), tree().version
    if key not in parts:
        if len(parts) >= MOST_PARTS:
            parts.clear()
        parts[key] = Markup(render_template(template))
    return parts[key]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["kept"] = kept

"""What looks the same to many is rendered once and kept: whole pages for visitors by version, large parts by version, and single
posts, messages, cards and lines by what they show. Why the last stands beside the others: docs/scale.md."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from flask import Flask, current_app, request, session
from flask_babel import get_locale, get_timezone
from markupsafe import Markup, escape

from cityexchange.core.assets import tree
from cityexchange.core.compression import LEAST, answer_packed, encoding_taken, pack, unpack
from cityexchange.core.transactions import has_changed


class Memory:
    """Texts as bytes by what they depend on, at most `most` bytes in all; what was not asked for the longest goes first."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.texts: OrderedDict[Hashable, bytes] = OrderedDict()

    def recall(self, key: Hashable) -> bytes | None:
        if (text := self.texts.get(key)) is not None:
            self.texts.move_to_end(key)
        return text

    def keep(self, key: Hashable, text: bytes) -> None:
        self.size += len(text) - len(self.texts.get(key, ()))
        self.texts[key] = text
        while self.size > self.most:
            _, oldest = self.texts.popitem(last=False)
            self.size -= len(oldest)


PLAIN, PACKED = b"=", b"~"
pages = Memory(2_500_000)
parts = Memory(2_500_000)
"""About 250 pages for visitors, packed as they leave; and about 3,000 posts and lines, or 250 lists of twenty posts. What is long
is packed: that takes a third of the room, and a list is unpacked in 0.02 ms."""


def for_visitors(version: Any, make: Callable[[], Any]) -> Any:
    """What `make` renders, or made before of the same `version` (anything that changes when the page does).

    For pages without a form: a visitor's own token must not stand in another visitor's page. None as
    version, or a message waiting for this visitor, and the page is made as ever.
    """
    if version is None or "_flashes" in session or has_changed():
        return make()
    return _page(_mark(version), make)


def _page(mark, make):
    if mark in request.if_none_match:
        return _answer(mark, pack(b""))
    if (page := pages.recall(mark)) is None:
        if not isinstance(made := make(), str):
            return made
        pages.keep(mark, page := pack(made.encode()))
    return _answer(mark, page)


def _mark(version):
    shown_by = (request.full_path, version, str(get_locale()), request.cookies.get("theme"), tree().version)
    return hashlib.sha256(repr(shown_by).encode(errors="surrogatepass")).hexdigest()[:32]


def _answer(mark, page):
    response = answer_packed(page)
    response.set_etag(mark, weak=encoding_taken() is not None)
    return response.make_conditional(request)


def fragment_renderer(template: str) -> Callable[..., Markup]:
    """render_fragment(**context): the part of a page that `template` makes of this context alone, rendered once for all readers of one language
    and zone with an equal context. It is told nothing else: neither who reads nor what was asked for. What it holds is hashable; where it holds
    long texts, `key` stands for them in memory: it differs whenever they do.
    """
    place = _place(template)

    def render_fragment(key: Hashable = None, **context: Any) -> Markup:
        key = place, *(context.values() if key is None else (key,))
        return _part(key, lambda: _render(place, context))

    return render_fragment


def cached_fragment(template: str, **context: Any) -> Markup:
    """One part, as `fragment_renderer` makes it."""
    return fragment_renderer(template)(**context)


def of_version(key: Hashable, template: str, gather: Callable[[], dict[str, Any]]) -> Markup:
    """A part that costs more to gather than to check: what `template` makes of what `gather` finds, or made before of the same
    `key`, which holds its version and whatever about the reader it shows. Kept for each language and zone; without a key not at all,
    nor in a unit of work that has changed something: its versions are not yet certain."""
    place = _place(template)

    def make():
        return _render(place, gather())

    return _part((place, key), make) if key and not has_changed() else Markup(make())


def _place(template):
    rendered_with = current_app.extensions["rendered_with"], tree().version
    return template, str(get_locale()), str(get_timezone()), *rendered_with


def _render(place, context):
    return current_app.jinja_env.get_template(place[0]).render(locale=place[1], **context)


def _part(place, make):
    if (kept := parts.recall(place)) is not None:
        body = unpack(kept[1:]) if kept[:1] == PACKED else kept[1:]
        return Markup(body.decode(errors="surrogatepass"))
    words = make()
    body = words.encode(errors="surrogatepass")
    parts.keep(place, PACKED + pack(body) if len(body) >= LEAST else PLAIN + body)
    return Markup(words)


def placeholder(name: str) -> str:
    """A place in a cached fragment for what belongs to one reader alone; `fill` puts it there."""
    return f"\ue000{name}\ue001"


def fill(part: Markup, **values: str) -> Markup:
    """The part with its placeholders filled: {{ cached_fragment(...) | fill(token=csrf_token()) }}"""
    text = str(part)
    for name, value in values.items():
        text = text.replace(placeholder(name), escape(value))
    return Markup(text)


def init_app(app: Flask) -> None:
    app.extensions["rendered_with"] = object()  # another application has other words
    app.jinja_env.globals.update(
        cached_fragment=cached_fragment, fragment_renderer=fragment_renderer, placeholder=placeholder
    )
    app.jinja_env.filters["fill"] = fill

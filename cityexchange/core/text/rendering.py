"""From what was typed to what may be shown. The parser makes no HTML of its own accord; nh3 has the last word."""

import html
import re
import unicodedata
from collections.abc import Iterable

import nh3

from cityexchange.core.text import heavy
from cityexchange.core.text.cost import MOST_WORK, is_seen_at_once, work_of
from cityexchange.core.text.grammar import (
    SCHEMES,
    finish,
    has_images,
    is_allowed_link,
    is_something,
    make_parser,
)
from cityexchange.core.text.grammar import read as read_by
from cityexchange.core.text.mentions import link_mentions, may_mention, names_in, unquoted
from cityexchange.core.text.pictures import ADDRESS
from cityexchange.core.threads import Rests

RENDER_VERSION = 4
"""Raise it when the same source makes other HTML; `flask --app wsgi text rerender` does the rest."""
MAX_LENGTH = 50_000
"""Characters. What is longer, or more work (core/text/cost.py), is shown as typed, paragraph by paragraph: no text may hold up the server."""

MOST_HTML, LEAST_HTML = 16, 4_000
"""Bytes of HTML for a character that was typed, and those that any text may take. Threat: something short that stands for something
long, as a link that is named again and again, would bury a page. What would take more is shown as typed."""
A_TAG = len('<td dir="auto">')

INLINE = {"a", "br", "code", "em", "s", "strong"}
BLOCKS = {"blockquote", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "table", "td", "th", "ul"}
FRAMES = {"hr", "thead", "tbody", "tr"}
HOLDERS = {"blockquote", "ol", "table", "ul"}
"""Blocks of blocks. `dir="auto"` does not look into blocks that have a `dir` of their own, so theirs is found here."""
DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}

_parser = make_parser()
_parser_beside = make_parser(Rests())

OWN_PICTURE = re.compile(rf"{ADDRESS.pattern}\?size=small")
PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')


def _keep(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if OWN_PICTURE.fullmatch(value) else None
    return value if name != "href" or is_allowed_link(value) else None


_cleaner = nh3.Cleaner(
    tags=INLINE | BLOCKS | FRAMES | {"img"},
    attributes={
        "*": set(),
        "a": {"href"},
        "ol": {"start"},
        "img": {"src", "alt", "width", "height", "loading"},
    },
    tag_attribute_values={"a": {"class": {"mention", "picture"}}}
    | {tag: {"dir": {"ltr", "rtl"}} for tag in HOLDERS},
    set_tag_attribute_values={tag: {"dir": "auto"} for tag in BLOCKS - HOLDERS},
    attribute_filter=_keep,
    url_schemes=SCHEMES,
    link_rel="nofollow ugc noopener",
)


def storable(text: str) -> str:
    """Without what no database holds and no page shows: NUL, halves of characters that came through JSON."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def render(markdown: str, heading_base: int = 4) -> str:
    """Safe HTML. The text's biggest heading becomes h`heading_base` (2 to 6), smaller ones follow, none beyond h6."""
    return _html(markdown, heading_base, with_mentions=True)


def mentioned(markdown: str) -> dict[str, list[str]]:
    """The names that a text calls itself, by kind and unchecked: {"members": ["claire-vasseur"], "cities": ["lyon"]}."""
    if (names := heavy.found(markdown).names) is None:
        names = names_in(unquoted([] if _is_too_much(markdown) else _tokens(markdown)))
    return {"members": [], "cities": [], **names}


def plain(markdown: str, length: int | None = None) -> str:
    """The words alone, on one line, for excerpts and mails; at most `length` characters."""
    return excerpt(html_of(markdown), length)


def html_of(markdown: str) -> str:
    """As `render`, without a question to the database: names are not linked, and pictures are links."""
    return _html(markdown, 4, with_mentions=False)


def excerpt(safe_html: str, length: int | None = None) -> str:
    """As `plain`, from HTML that `render` made: cheaper where it is at hand."""
    spaced = re.sub(r"<(?:br|/(?:p|h\d|li|td|th|pre))>", " ", safe_html)
    described = PICTURE.sub(r" \1 ", spaced)
    words = " ".join(html.unescape(nh3.clean(described, tags=set())).split())
    return words if length is None or len(words) <= length else _cut(words, length)


def _cut(words, length):
    short = words[: length - 1]
    at_word = short.rsplit(" ", 1)[0]
    # Chinese has no spaces: there the cut is where the length says.
    return (at_word if len(at_word) > length // 2 else short).rstrip() + "…"


def read_ahead(texts: Iterable[str], who: object) -> None:
    """Reads those that take long beside the event loop, before the first change of what will ask for one of them (core/text/heavy.py)."""
    heavy.read_ahead(_read_beside, texts, who)


def _read_beside(markdown):
    """In a thread: nothing is asked of the database, and of what takes megabytes no more is kept than has to be."""
    tokens = read_by(_parser_beside, markdown)
    if has_images(tokens):  # their words and addresses are others with and without pictures
        return heavy.Found(
            [tokens, *(read_by(_parser_beside, markdown) for _ in range(_more_uses(markdown)))]
        )
    names, own, is_seen = names_in(tokens), names_in(unquoted(tokens)), is_something(tokens)
    if names or not is_seen or any(token.type == "heading_open" for token in tokens):
        more = [] if is_seen else [read_by(_parser_beside, markdown)]
        return heavy.Found([tokens, *more], names=own, is_seen=is_seen)
    html = _drawn(finish(tokens, with_pictures=False), markdown, heading_base=4)
    return heavy.Found([], html=html, names=own, is_seen=True)


def _more_uses(markdown):
    """A text is read to be drawn, to know whom it calls, and whether anything is seen; who draws changes what was read."""
    return may_mention(markdown) + (not is_seen_at_once(markdown))


def _read(markdown):
    return read_by(_parser, markdown)


def _tokens(markdown, with_pictures=False):
    return finish(heavy.taken(markdown) or _read(markdown), with_pictures)


def _is_too_much(markdown):
    return len(markdown) > MAX_LENGTH or work_of(markdown) > MOST_WORK


def _html(markdown, heading_base, with_mentions):
    markdown = storable(markdown)
    if _is_too_much(markdown):
        return _as_typed(markdown)
    if (ready := heavy.found(markdown).html) is not None:
        return ready
    tokens = _tokens(markdown, with_pictures=with_mentions)
    if with_mentions:
        link_mentions(tokens)
    return _drawn(tokens, markdown, heading_base)


def _drawn(tokens, markdown, heading_base):
    if _size(tokens) > LEAST_HTML + MOST_HTML * len(markdown):
        return _as_typed(markdown)
    _shift_headings(tokens, heading_base)
    _turn_holders(tokens)
    return _cleaner.clean(_parser.renderer.render(tokens, _parser.options, {}))


def _size(tokens):
    """About how long the HTML will be, without making it."""
    parts = (part for token in tokens for part in (token, *(token.children or ())))
    return sum(_length(part) for part in parts)


def _length(token):
    attributes = sum(len(name) + len(str(value)) for name, value in token.attrs.items()) if token.attrs else 0
    return (
        (A_TAG if token.nesting else 0) + attributes + (len(token.content) if token.type != "inline" else 0)
    )


def _turn_holders(tokens):
    """Lists, quotes and tables run as the first letter in them runs; one without letters as what is around it."""
    holders = []
    for token in tokens:
        if token.tag in HOLDERS and token.nesting:
            holders.append(token) if token.nesting > 0 else holders.pop()
        elif token.type == "inline" and (unturned := [one for one in holders if not one.attrGet("dir")]):
            if direction := _direction(token.content):
                for holder in unturned:
                    holder.attrSet("dir", direction)


def _direction(text):
    letters = (unicodedata.bidirectional(letter) for letter in text)
    return next((DIRECTIONS[letter] for letter in letters if letter in DIRECTIONS), None)


def _as_typed(markdown):
    paragraphs = re.split(r"\n\s*\n", html.escape(markdown.strip()))
    return _cleaner.clean("".join(f"<p>{p}</p>\n" for p in paragraphs).replace("\n", "<br>\n"))


def _shift_headings(tokens, base):
    """A text cannot stand above the page's own headings."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    lift = base - min(levels, default=base)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + lift)}"

"""Our Markdown: CommonMark with tables, strikethrough, bare links and task lists; no HTML, no pictures but those sent in, no code by
indentation."""

import html
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.token import Token

from cityexchange.core.text.inline import Inline
from cityexchange.core.text.pictures import shown, sizes_in
from cityexchange.core.unseen import says_nothing

DEEPEST = 12
"""Quotes and lists inside each other; what lies deeper is a plain paragraph, so that nothing written is lost."""
MOST_COLUMNS, MOST_CELLS, LEAST_CELLS = 30, 10_000, 300
"""Cells in all tables of one text; a text has no more than signs, but LEAST_CELLS in any case."""
MOST_LINKS = 200
"""Bare addresses in one text that become links: finding them costs time by their number times their length."""
SCHEMES = {"http", "https", "mailto"}
_reader = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
SHOWN = {"text", "code_inline", "fence", "code_block"}
TYPED_HOST = re.compile("^https?://[^/?#]+", re.IGNORECASE)
BOXES = {"[ ] ": "\u2610 ", "[x] ": "\u2611 ", "[X] ": "\u2611 "}


class Parser(MarkdownIt):
    def __init__(self):
        super().__init__("commonmark", {"html": False, "breaks": True, "maxNesting": DEEPEST + 8})
        self.inline = Inline()

    def validateLink(self, url: str) -> bool:
        return is_allowed_link(url) and _is_read_by_browsers(url)

    def normalizeLink(self, url: str) -> str:
        """The library codes a host as it is typed: capitals and letters of two signs would make another of it."""
        return super().normalizeLink(url if url.isascii() else TYPED_HOST.sub(_as_registered, url))


def make_parser(rest: Callable[[], None] | None = None) -> MarkdownIt:
    """One that calls `rest` between any two steps, where it is given."""
    parser = Parser()
    # A letter pasted with a tab before each paragraph is no code: that stands between fences.
    parser.enable(["table", "strikethrough"]).disable(["html_block", "html_inline", "code"])
    parser.block.ruler.before("table", "too_deep", _too_deep, {"alt": []})
    parser.block.ruler.at("table", _narrow_table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.before("inline", "addresses", _some_addresses)
    if rest:
        for ruler in (parser.block.ruler, parser.inline.ruler):
            ruler.before(ruler.get_all_rules()[0], "rest", lambda *_: bool(rest()))
    return parser


def read(parser: MarkdownIt, text: str) -> list[Token]:
    """Asks nobody for anything, so that it may be done beside the event loop; `finish` does the rest."""
    return parser.parse(text, {})


def has_images(tokens: list[Token]) -> bool:
    return any(child.type == "image" for token in tokens for child in token.children or ())


def is_something(tokens: list[Token]) -> bool:
    """Whether it is sure that something of it will be seen."""
    parts = (part for token in tokens for part in (token, *(token.children or ())))
    return any(part.type == "hr" or (part.type in SHOWN and not says_nothing(part.content)) for part in parts)


def finish(tokens: list[Token], with_pictures: bool) -> list[Token]:
    _images_to_links(tokens, with_pictures)
    _boxes_to_signs(tokens)
    return tokens


def is_allowed_link(target: str) -> bool:
    """An http, https or mailto address, or a path on this site; nothing a browser could run or misread."""
    if any(ord(c) < 33 or c == "\\" for c in target):
        return False
    if target.startswith("/"):
        return not target.startswith("//")
    try:
        return urlsplit(target).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _as_registered(host):
    return unicodedata.normalize("NFKC", host.group()).lower()


def _is_read_by_browsers(target):
    """By the URL standard, which nh3 holds too: of 256.1.1.1 or a port of 99999 it would leave a link to nowhere."""
    return "href=" in _reader.clean(f'<a href="{html.escape(target)}">')


def _narrow_table(state, first, last, silent):
    # Each row is filled up to the head's width: a wide head over many short rows would be an amplifier.
    if not table(state, first, last, True):
        return False
    columns = state.src[state.bMarks[first] : state.eMarks[first]].count("|") + 1
    rows = next((line for line in range(first, last) if state.isEmpty(line)), last) - first
    cells = state.env.get("cells", 0) + columns * rows  # of all tables of the text
    is_modest = columns <= MOST_COLUMNS and cells <= min(MOST_CELLS, LEAST_CELLS + len(state.src))
    if is_modest and not silent:
        state.env["cells"] = cells
    return is_modest and (silent or table(state, first, last, False))


def _some_addresses(state):
    number = state.src.count("//") + state.src.lower().count("www.")
    state.env["has_addresses"] = number <= MOST_LINKS


def _too_deep(state, first, last, silent):
    """Blocks at the limit: the rest of this block as one paragraph."""
    if state.level < DEEPEST:
        return False
    if not silent:
        content = state.getLines(first, last, state.blkIndent, False).strip()
        state.push("paragraph_open", "p", 1).map = [first, last]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = content, [first, last], []
        state.push("paragraph_close", "p", -1)
        state.line = last
    return True


def _images_to_links(tokens, with_pictures):
    """No request leaves the reader's browser because of what somebody wrote: what was sent in with it is shown, no other."""
    inlines = [token for token in tokens if token.type == "inline"]
    images = [child for inline in inlines for child in inline.children or () if child.type == "image"]
    addresses = [str(image.attrs.get("src", "")) for image in images]
    sizes = sizes_in(addresses) if images and with_pictures else {}
    for inline in inlines:
        depth, children = 0, list[Token]()
        for token in inline.children or ():
            depth += token.nesting if token.type in {"link_open", "link_close"} else 0
            children.extend(_link_to(token, depth > 0, sizes) if token.type == "image" else [token])
        inline.children = children


def _link_to(image, is_inside_link, sizes):
    address = str(image.attrs.get("src", ""))
    words = Token("text", "", 0, content=address if says_nothing(image.content) else image.content)
    if is_inside_link or not address:
        return [words]
    if address in sizes:
        return shown(image, sizes[address])
    return [Token("link_open", "a", 1, attrs={"href": address}), words, Token("link_close", "a", -1)]


def _boxes_to_signs(tokens):
    """Task lists by signs, for a box that nobody can tick is no form field."""
    for item, _paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        first = inline.children[0] if item.type == "list_item_open" and inline.children else None
        if first and first.type == "text" and first.content[:4] in BOXES:
            first.content = BOXES[first.content[:4]] + first.content[4:]

"""Our Markdown: CommonMark with tables, strikethrough, bare links and task lists; no HTML, no pictures but those sent in."""

from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.rules_core import linkify
from markdown_it.token import Token

from cityexchange.core.text.pictures import shown, sizes_in

DEEPEST = 12
"""Quotes and lists inside each other; what lies deeper is a plain paragraph, so that nothing written is lost."""
MOST_COLUMNS, MOST_CELLS = 30, 10_000
MOST_LINKS = 200
"""Bare addresses in one text that become links: finding them costs time by their number times the length."""
SIGNS_OF_LINKS = ("//", "www.", "@")
"""No bare address is without one of them."""
SCHEMES = {"http", "https", "mailto"}
BOXES = {"[ ] ": "\u2610 ", "[x] ": "\u2611 ", "[X] ": "\u2611 "}


class Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return is_allowed_link(url)


class Linker(LinkifyIt):
    """The library's own look at a text without addresses was a third of rendering it."""

    def pretest(self, text: str) -> bool:
        return any(sign in text.lower() for sign in SIGNS_OF_LINKS)

    def test(self, text: str) -> bool:
        return self.pretest(text) and super().test(text)


def make_parser() -> MarkdownIt:
    limits = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST + 8}
    parser = Parser("commonmark", limits)
    parser.enable(["table", "strikethrough", "linkify"]).disable(["html_block", "html_inline"])
    parser.inline.ruler.disable("linkify")
    parser.linkify = Linker(options={"fuzzy_link": False})
    parser.linkify.add("www.", {"validate": _rest_of_host, "normalize": _with_scheme})
    parser.linkify.test(
        "http://a.example"
    )  # makes the pattern that "www." borrows: the library makes it at first use
    parser.block.ruler.before("table", "too_deep", _too_deep, {"alt": []})
    parser.block.ruler.at("table", _narrow_table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.at("linkify", _some_links)
    parser.core.ruler.push("images", _images_to_links)
    parser.core.ruler.push("boxes", _boxes_to_signs)
    return parser


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


def _narrow_table(state, first, last, silent):
    # Each row is filled up to the head's width: a wide head over many short rows would be an amplifier.
    if not table(state, first, last, True):
        return False
    columns = state.src[state.bMarks[first] : state.eMarks[first]].count("|") + 1
    rows = next((line for line in range(first, last) if state.isEmpty(line)), last) - first
    is_modest = columns <= MOST_COLUMNS and columns * rows <= MOST_CELLS
    return is_modest and (silent or table(state, first, last, False))


def _some_links(state):
    if state.src.count("//") + state.src.lower().count("www.") <= MOST_LINKS:
        linkify(state)


def _rest_of_host(linkifier, text, position):
    # What follows "www." must itself be a host and path: the linkifier's own pattern for "//host".
    found = linkifier.re["http"].match("//" + text[position:]) if "http" in linkifier.re else None
    return len(found.group()) - 2 if found else 0


def _with_scheme(_linkifier, match):
    match.url = f"https://{match.url}"


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


def _images_to_links(state):
    """No request leaves the reader's browser because of what somebody wrote: what was sent in with it is shown, no other."""
    inlines = [token for token in state.tokens if token.type == "inline"]
    images = [child for inline in inlines for child in inline.children or () if child.type == "image"]
    addresses = [str(image.attrs.get("src", "")) for image in images]
    sizes = sizes_in(addresses) if images and state.env.get("pictures") else {}
    for inline in inlines:
        depth, children = 0, list[Token]()
        for token in inline.children or ():
            depth += token.nesting if token.type in {"link_open", "link_close"} else 0
            children.extend(_link_to(token, depth > 0, sizes) if token.type == "image" else [token])
        inline.children = children


def _link_to(image, is_inside_link, sizes):
    address = str(image.attrs.get("src", ""))
    words = Token("text", "", 0, content=image.content or address)
    if is_inside_link or not address:
        return [words]
    if address in sizes:
        return shown(image, sizes[address])
    return [Token("link_open", "a", 1, attrs={"href": address}), words, Token("link_close", "a", -1)]


def _boxes_to_signs(state):
    """Task lists by signs, for a box that nobody can tick is no form field."""
    for item, _paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        first = inline.children[0] if item.type == "list_item_open" and inline.children else None
        if first and first.type == "text" and first.content[:4] in BOXES:
            first.content = BOXES[first.content[:4]] + first.content[4:]

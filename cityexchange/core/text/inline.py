"""How our Markdown reads a line: addresses before all marks, and emphasis beside every script.

CommonMark takes ** for an end only where a gap or a mark follows it. Chinese sets no gaps, and Arabic glues short words to the
next: there a letter is as good as a gap, and a mark of such a script is like a letter (as in the CJK-friendly amendments to CommonMark).
"""

import unicodedata
from bisect import bisect_right
from enum import Enum
from functools import cached_property, lru_cache

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline

from cityexchange.core.text.addresses import Address, addresses

SIGNS = ("://", "www.", "@")
"""No address is without one of them: most lines need no further look."""


class Beside(Enum):
    """What stands beside a run of marks."""

    GAP = 1
    MARK = 2
    WORD = 3
    JOINED = 4
    """A letter of a script without capitals, or a mark of its own: neither holds an emphasis back."""


class State(StateInline):
    @cached_property
    def found(self) -> dict[int, Address]:
        small = self.src.lower() if self.env.get("has_addresses") else ""
        return dict(addresses(self.src)) if any(sign in small for sign in SIGNS) else {}

    @cached_property
    def begins(self) -> list[int]:
        return list(self.found)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        last = self.src[start - 1] if start > 0 else " "
        following = self.src[end] if end < self.posMax else " "
        before, after = _beside(last), _beside(following)
        opens = after != Beside.GAP and (after != Beside.MARK or before != Beside.WORD)
        closes = before != Beside.GAP and (before != Beside.MARK or after != Beside.WORD)
        return Scanned(
            opens and (canSplitWord or not closes or _is_mark(last)),
            closes and (canSplitWord or not opens or _is_mark(following)),
            end - start,
        )


class Inline(ParserInline):
    def __init__(self):
        super().__init__()
        self.ruler.at("text", text)
        self.ruler.before("text", "address", address)
        self.ruler.disable("linkify")

    def parse(self, src, md, env, tokens):
        state = State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def text(state, silent: bool) -> bool:
    """As the library's rule, up to where an address begins."""
    limit = state.posMax
    if state.begins:
        following = bisect_right(state.begins, state.pos)
        limit = min([limit, *state.begins[following : following + 1]])
    stop = state.md.inline.terminator_re.search(state.src, state.pos, limit)
    return _take(state, stop.start() if stop else limit, silent)


def _take(state, end, silent):
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def address(state, silent: bool) -> bool:
    found = state.found.get(state.pos)
    if not found or found.end > state.posMax:
        return False
    if silent or state.linkLevel:
        return _take(state, found.end, silent)
    target = state.md.normalizeLink(found.url)
    if not state.md.validateLink(target):
        return False
    state.push("link_open", "a", 1).attrs = {"href": target}
    state.push("text", "", 0).content = state.md.normalizeLinkText(found.words)
    state.push("link_close", "a", -1)
    state.pos = found.end
    return True


@lru_cache(maxsize=2048)
def _is_mark(sign):
    return isMdAsciiPunct(ord(sign)) or isPunctChar(sign)


@lru_cache(maxsize=2048)
def _beside(sign):
    if isWhiteSpace(ord(sign)):
        return Beside.GAP
    if _is_mark(sign):
        return Beside.MARK if _is_western(sign) else Beside.JOINED
    is_small = "\u0300" <= sign <= "\u036f" or unicodedata.category(sign) not in ("Lo", "Lm", "Mn", "Mc")
    return Beside.WORD if is_small else Beside.JOINED


def _is_western(sign):
    """Also signs of all the world: quotes, dashes, arrows, emoji."""
    return sign < "\u0530" or "\u2000" <= sign < "\u2e80" or sign >= "\U00010000"

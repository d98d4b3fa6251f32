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

from cityexchange.core.text.bare_links import ONE_WORD, Address, addresses

SIGNS = ("://", "www.", "@")
"""No address is without one of them: most lines need no further look."""
FEW = 5
"""Signs looked at beside a run of marks."""


class Beside(Enum):
    """What stands beside a run of marks."""

    GAP = 1
    MARK = 2
    WORD = 3
    JOINED = 4
    """A letter of a script that sets its words apart from Latin ones, or a mark of its own: neither holds an emphasis back."""


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
        before = _beside_marks(self.src[max(0, start - FEW) : start][::-1])
        after = _beside_marks(self.src[end : min(end + FEW, self.posMax)])
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
    target = state.md.normalizeLink(found.url)
    if silent or state.linkLevel or not state.md.validateLink(target):
        return _take(state, found.end, silent)
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
    is_another_word = unicodedata.category(sign)[0] in "LM" and not ONE_WORD.match(sign)
    return Beside.JOINED if is_another_word else Beside.WORD


def _beside_marks(signs):
    """Marks of all the world belong to the word that they stand at: 注意! is like 注意！"""
    first = _beside(signs[0]) if signs else Beside.GAP
    if first != Beside.MARK:
        return first
    word = next((beside for beside in map(_beside, signs) if beside != Beside.MARK), Beside.MARK)
    return Beside.JOINED if word == Beside.JOINED else Beside.MARK


def _is_western(sign):
    """Also signs of all the world: quotes, dashes, arrows, emoji."""
    return sign < "\u0530" or "\u2000" <= sign < "\u2e80" or sign >= "\U00010000"

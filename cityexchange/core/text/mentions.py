"""@handle and #city-slug become links where they name somebody whom the whole community may see."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from markdown_it.token import Token

from cityexchange.core.db import db
from cityexchange.core.registries import Registry
from cityexchange.core.text.bare_links import WORD

Resolver = Callable[[set[str]], dict[str, tuple[str, str]]]


class MentionKind(NamedTuple):
    prefix: str
    resolve: Resolver


mention_resolvers = Registry(
    "by kind: MentionKind(one of @ #, resolve), with resolve({names}) -> {name: (path, label)} of those that everybody may see"
)
MOST = 50
"""Names of one kind looked up for one text; those after stay plain words."""
SIGNS = {"@": "@", "＠": "@", "﹫": "@", "#": "#", "＃": "#", "﹟": "#"}
"""Those of Chinese and Japanese keyboards too."""
LETTER = "A-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
ALL_SIGNS = "".join(SIGNS)
# 谢谢@nour is a mention, name@host and josé@host are addresses.
MENTION = re.compile(
    rf"(?<![{WORD}_/&.+\-{ALL_SIGNS}])([{ALL_SIGNS}])([{LETTER}](?:[{LETTER}_-]{{0,78}}[{LETTER}])?)(?![{WORD}{LETTER}_-])"
)


def may_mention(text: str) -> bool:
    """Whether it is worth looking."""
    return any(sign in text for sign in SIGNS)


def link_mentions(tokens: list[Token]) -> None:
    """Asks each resolver once for all names of the text."""
    if found := (names := names_in(tokens)) and resolve(names):
        for inline in (token for token in tokens if token.type == "inline"):
            inline.children = list(_linked(inline.children or [], found))


def names_in(tokens: list[Token]) -> dict[str, list[str]]:
    """{kind: names} in the order of the text, each once, at most MOST of a kind."""
    kinds = {entry.prefix: kind for kind in mention_resolvers.names() if (entry := mention_resolvers[kind])}
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for words in _words(tokens):
        for sign, typed in MENTION.findall(words.content):
            prefix, name = _called(sign, typed)
            if prefix in kinds and len(names[kinds[prefix]]) < MOST:
                names[kinds[prefix]].setdefault(name)
    return {kind: list(found) for kind, found in names.items()}


def called_in(words: str) -> set[tuple[str, str]]:
    """{(prefix, name)} of plain words: a line of them, as they were typed."""
    return {_called(*found) for found in MENTION.findall(words)} if may_mention(words) else set()


def renamed(words: str, names: Mapping[tuple[str, str], str]) -> str:
    """The same words, with `names` for whom they call, as far as these are known."""
    return MENTION.sub(lambda found: names.get(_called(*found.groups()), found[0]), words)


def unquoted(tokens: list[Token]) -> list[Token]:
    """Without what was quoted: it was called there by somebody else."""
    depth, own = 0, []
    for token in tokens:
        depth += token.nesting if token.type in {"blockquote_open", "blockquote_close"} else 0
        own += [token] if depth == 0 else []
    return own


def resolve(names: dict[str, list[str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """{(prefix, name): (path, label)}, in one query a kind."""
    found = {}
    # The record that is being written may be half made: a look-up must not flush it.
    with db.session.no_autoflush:
        for kind, wanted in names.items():
            entry = mention_resolvers[kind]
            found.update({(entry.prefix, name): link for name, link in entry.resolve(set(wanted)).items()})
    return found


def _words(tokens) -> Iterator[Token]:
    """The text tokens that stand in no link and no code."""
    for inline in tokens:
        depth = 0
        for token in inline.children or ():
            depth += token.nesting if token.type in {"link_open", "link_close"} else 0
            if token.type == "text" and depth == 0:
                yield token


def _linked(children, found):
    free = {id(token) for token in _words([Token("inline", "", 0, children=children)])}
    for token in children:
        yield from _split(token, found) if id(token) in free else [token]


def _called(sign, typed):
    return SIGNS[sign], unicodedata.normalize("NFKC", typed).lower()


def _split(token, found):
    end = 0
    for match in MENTION.finditer(token.content):
        if link := found.get(_called(match[1], match[2])):
            yield Token("text", "", 0, content=token.content[end : match.start()])
            yield from _link(*link)
            end = match.end()
    yield Token("text", "", 0, content=token.content[end:])


def _link(path, label):
    yield Token("link_open", "a", 1, attrs={"href": path, "class": "mention"})
    yield Token("text", "", 0, content=label)
    yield Token("link_close", "a", -1)

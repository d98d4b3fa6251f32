"""Addresses that stand in a text as they are: where one begins, and where it ends.

Many scripts set no gap around an address, and each has marks of its own. So what is written around one is told from it
by what it is, not by a gap; and what Markdown means by * _ ~ is nothing inside.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

WORD = r"A-Za-z0-9\u00c0-\u0556\u0560-\u0588\u1e00-\u1fff"
"""Letters of the scripts with capitals, and digits: right behind one nothing begins, neither an address nor a mention. Behind
those of other scripts it may: 谢谢@nour. The browser's completion (ui/mention.js) holds the same."""
BEGIN = re.compile(
    rf"(?<![{WORD}])(?i:https?://)|(?<![{WORD}/@.\-])(?i:www\.)"
    rf"|(?<![{WORD}._%+'&=@/\-])(?i:mailto:)?[\w.%+'&=\-]{{1,64}}@",
    re.ASCII,
)
RUN = re.compile(r"""(?:[^\s<>`"\\&]|\\[_*~\-]|&(?!(?!amp;)\#?\w{1,30};)){1,4000}""")
"""What could be part of one. Whoever pastes may have had the signs of Markdown escaped."""
LABEL = r"[^\W_](?:[\w\u0300-\U0010ffff\-]{0,61}[\w\u0300-\U0010ffff])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*")
AUTHORITY = re.compile(rf"(?:[\w.!~$&'()*+,;=:%\-]{{1,100}}@)?{HOST.pattern}(?!\w)(?::\d{{1,5}}(?!\d))?")
MAIL_HOST = re.compile(r".{1,253}\.[^\W\d_][^.]*[^\W_]", re.DOTALL)
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
TOGETHER = re.compile(
    r"[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Scripts that set no gaps, or glue endings to foreign words (Thai, Chinese, Japanese, Korean)."""
BETWEEN = "\u00b7\u2010\u2011\u2013\u2014\u2019\u30fb\u200c\u200d"
"""Marks and joiners that addresses have between letters, as in /wiki/L’Équipe; behind them they are the sentence's."""
BEHIND = ".,:;!?'*_~" + BETWEEN
MOST_OPEN = 20
"""Brackets inside each other in an address."""
PAIRS = {")": "(", "]": "[", "}": "{"}


class Address(NamedTuple):
    end: int
    url: str
    words: str


def addresses(text: str) -> Iterator[tuple[int, Address]]:
    """(where it begins, address) of each; in time that grows with the text alone."""
    position = 0
    while begun := BEGIN.search(text, position):
        found = _mail(text, begun) if begun.group().endswith("@") else _web(text, begun)
        if found:
            yield begun.start() + _signs_before(begun), found
        position = found.end if found else begun.end()


def _mail(text, begun):
    host = HOST.match(_own_part(_run(text, begun.end(), 300)))
    domain = host.group().rstrip("_-") if host else ""
    name = begun.group()[_signs_before(begun) :]
    if name == "@" or not MAIL_HOST.fullmatch(domain):
        return None
    words = re.sub("^mailto:", "", name, flags=re.IGNORECASE) + domain
    return Address(begun.end() + len(domain), f"mailto:{words}", words)


def _signs_before(begun):
    """How many signs before the name are not of it: the marks of _nour@city.example_, a quote."""
    sign = begun.group()
    return len(sign) - len(sign.lstrip("_.%+'&=-")) if sign.endswith("@") else 0


def _web(text, begun):
    run = _own_part(_run(text, begun.end(), 4_000))
    authority = AUTHORITY.match(run)
    is_short = begun.group().lower() == "www."
    if not authority or (is_short and "." not in authority.group()):
        return None
    has_path = run[authority.end() :][:1] in ("/", "?", "#")
    rest = _without_marks_behind(run) if has_path else authority.group().rstrip("_-")
    words = re.sub(r"\\([_*~\-])", r"\1", begun.group() + rest).replace("&amp;", "&")
    return Address(begun.end() + len(rest), f"https://{words}" if is_short else words, words)


def _run(text, start, longest):
    found = RUN.match(text, start, start + longest)
    return _shallow(found.group()) if found else ""


def _shallow(run):
    """Up to where too many brackets stand open, or each of many addresses would be looked through to the end of all."""
    depth = 0
    for bracket in re.finditer(r"[()\[\]{}]", run):
        depth += -1 if bracket.group() in PAIRS else 1
        if depth > MOST_OPEN:
            return run[: bracket.start()]
    return run


def _own_part(run):
    """Up to the first sign of another script that an address does not have."""
    foreign = (found.start() for found in NOT_ASCII.finditer(run))
    return run[: next((at for at in foreign if not _belongs(run, at)), len(run))]


def _belongs(run, at):
    if run[at] in BETWEEN:
        return _is_letter(run[at - 1 : at]) and _is_letter(run[at + 1 : at + 2])
    return _is_letter(run[at]) and not (TOGETHER.match(run[at]) and _is_glued(run, at))


def _is_letter(sign):
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _is_glued(run, at):
    """Whether a sentence goes on here: plan请看, and not /wiki/北京 nor 中文.example."""
    before = run[:at].rstrip("*_~" + BETWEEN)
    if not (before.isascii() and before[-1:].isalnum()):
        return False
    return bool(re.search("[/?#]", before) or not re.match(r"[\w\-]*\.\w", run[at:]))


def _without_marks_behind(run):
    """Without the bracket that holds the address, and the marks of the sentence behind it."""
    opened = []
    for bracket in re.finditer(r"[()\[\]{}]", run):
        if bracket.group() not in PAIRS:
            opened.append(bracket)
        elif opened and opened[-1].group() == PAIRS[bracket.group()]:
            opened.pop()
        else:
            return run[: bracket.start()].rstrip(BEHIND)
    return (run[: opened[0].start()] if opened else run).rstrip(BEHIND)

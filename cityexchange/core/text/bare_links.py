"""Addresses that stand in a text as they are: where one begins, and where it ends.

Many scripts set no gap around an address, glue their endings to it, and each has marks of its own. So what is written around one is
told from it by what it is, not by a gap; and what Markdown means by * _ ~ is nothing inside.
"""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import IPv6Address
from typing import NamedTuple

WORD = r"A-Za-z0-9\u00c0-\u052f\u1e00-\u1fff"
"""Letters of Latin, Greek and Cyrillic, and digits: they make one word with the letters of an address or a name. So right behind one
nothing begins, neither an address nor a mention. Letters of other scripts are another word: 谢谢@nour, plan请看, planرا. The
browser's completion (ui/mention.js) and emphasis (inline.py) hold the same."""
ONE_WORD = re.compile(f"[{WORD}]")
BEGIN = re.compile(
    rf"(?<![{WORD}])(?i:https?://)|(?<![{WORD}/@.\-])(?i:www\.)"
    rf"|(?<![{WORD}._%+'&=@/\-])(?i:mailto:)?[\w.%+'&=\-]{{1,64}}@",
    re.ASCII,
)
RUN = re.compile(r"""(?:[^\s<>`"\\&]|\\[_*~\-]|&(?!(?!amp;)\#?\w{1,30};)){1,4000}""")
"""What could be part of one. Whoever pastes may have had the signs of Markdown escaped."""
DOTS = "\u3002\uff0e\uff61"
"""Dots of Chinese and Japanese keyboards, which IDNA takes for those of a host."""
BETWEEN = "\u00b7\u05be\u05f3\u05f4\u2010\u2011\u2013\u2014\u2019\u30fb\u200c\u200d"
"""Marks and joiners that addresses have between letters, as in /wiki/L’Équipe; behind them they are the sentence's."""
INNER = r"[\w\u0300-\u05bd\u05bf-\u05f2\u05f5-\u1fff\u200c\u200d\u2c00-\u3001\u3003-\uff0d\uff0f-\uff60\uff62-\U0010ffff\-]"
LABEL = rf"[^\W_](?:{INNER}{{0,61}}{INNER})?"
HOST = re.compile(rf"{LABEL}(?:[.{DOTS}]{LABEL})*")
AUTHORITY = re.compile(
    rf"(?:[\w.!~$&'()*+,;=:%\-]{{1,100}}@)?(?:{HOST.pattern}(?!\w)|\[(?P<six>[0-9A-Fa-f:.]{{2,45}})\])(?::(?P<port>\d{{1,10}}))?"
)
PATH = re.compile("[/?#]")
LAST_PORT = 65_535
MAIL_HOST = re.compile(r".{1,253}\.[^\W\d_][^.]*[^\W_]", re.DOTALL)
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
HOST_GOES_ON = re.compile(r"[\w\-]*\.\w")
PARTS = re.compile(r"[/?#&=.:]")
BEHIND = ".,:;!?'*_~" + BETWEEN
ENDING = re.compile(
    r"['\u2019](?:[sS]|ll|re|ve|[dt][ae](?:n|ki)?|n[dt][ae](?:n|ki)?|n?[\u0131iu\u00fc]n|y?l[ae]|y[ae\u0131iu\u00fc]|[\u0131\u00fc])$"
)
"""What English and Turkish set behind a name with an apostrophe: plan’s, plan’da."""
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
    run = _run(text, begun.end(), 4_000)
    host = PATH.split(run, 1)[0]
    authority = AUTHORITY.match(_own_part(host))
    is_short = begun.group().lower() == "www."
    if not authority or not _is_there(authority) or (is_short and "." not in authority.group()):
        return None
    has_path = authority.end() == len(host) < len(run)
    rest = _without_marks_behind(_own_part(run)) if has_path else authority.group().rstrip("_-")
    words = re.sub(r"\\([_*~\-])", r"\1", begun.group() + rest).replace("&amp;", "&")
    return Address(begun.end() + len(rest), f"https://{words}" if is_short else words, words)


def _is_there(authority):
    """Whether a machine may have these numbers."""
    try:
        return int(authority["port"] or 0) <= LAST_PORT and (
            not authority["six"] or bool(IPv6Address(authority["six"]))
        )
    except ValueError:
        return False


def _run(text, start, longest):
    found = RUN.match(text, start, start + longest)
    return found.group() if found else ""


def _own_part(run):
    """Up to the first sign of another script that an address does not have."""
    foreign = (found.start() for found in NOT_ASCII.finditer(run))
    return run[: next((at for at in foreign if not _belongs(run, at)), len(run))].rstrip(BETWEEN)


def _belongs(run, at):
    is_between_letters = _is_letter(run[at - 1 : at]) and _is_letter(run[at + 1 : at + 2])
    if run[at] in BETWEEN:
        return is_between_letters
    if run[at] in DOTS:
        return is_between_letters and _is_dot_of_host(run, at)
    return _is_letter(run[at]) and (ONE_WORD.match(run[at]) is not None or not _is_glued(run, at))


def _is_letter(sign):
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _is_dot_of_host(run, at):
    """例子。公司 is a host; behind one that has its dot, or is of ASCII letters where the next word is not, 。 ends the sentence."""
    before = run[:at]
    is_one_script = run[at + 1].isascii() or not run[at - 1].isascii()
    return is_one_script and not re.search(r"[./?#]", before)


def _is_glued(run, at):
    """Whether a sentence goes on here: plan请看, and neither /wiki/北京 nor 中文.example."""
    part = PARTS.split(run[max(0, at - 64) : at].rstrip("*_~" + BETWEEN))[-1]
    if not (part.isascii() and part[-1:].isalnum()):
        return False
    return bool(PATH.search(run, 0, at)) or not HOST_GOES_ON.match(run, at)


def _without_marks_behind(run):
    """Without the bracket that holds the address, the marks of the sentence behind it, and an ending set with an apostrophe."""
    opened = []
    for bracket in re.finditer(r"[()\[\]{}]", run):
        if bracket.group() not in PAIRS:
            opened.append(bracket)
        elif opened and opened[-1].group() == PAIRS[bracket.group()]:
            opened.pop()
        else:
            return _without_ending(run[: bracket.start()])
    return _without_ending(run[: opened[0].start()] if opened else run)


def _without_ending(run):
    return ENDING.sub("", run.rstrip(BEHIND)).rstrip(BEHIND)

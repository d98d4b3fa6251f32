"""Plain text in the encodings of other days, as Excel saves tables: which is it, and what does it say?

One byte stands for other letters in each, so they are told apart by their words: taken is the encoding in one of whose languages most
words are as people write them. That is a guess: whoever sent the file in is told which it is and what it makes of the first lines, and
may name another. Pure.
"""

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from cityexchange.core.files.alphabets import EDGES, NATURAL, RUNS, is_letter

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
WORDS = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f]+")
ENOUGH = 30_000
"""Characters looked at: more words do not change the answer."""
FIRST_OF = {"ar": "cp1256", "ru": "cp1251", "zh": "gb18030"}
"""Where two encodings make equally much sense, the one that people use who read a page in this language."""
LINES, LONGEST_LINE = 3, 120


class OtherEncoding(ValueError):
    """It is not in the encoding that somebody named."""


class Named(NamedTuple):
    """The encoding that a person has chosen, and the language of their pages."""

    encoding: str | None = None
    locale: str = "en"


NOBODY_SAID = Named()


class Decoded(NamedTuple):
    """`encoding` is None where nothing had to be guessed."""

    text: str
    encoding: str | None = None

    def kept(self, content: bytes) -> bytes:
        """In UTF-8, as everybody can read it."""
        return content if _read(content, "utf-8") is not None else self.text.encode()

    @property
    def first_lines(self) -> list[str]:
        """What shows whether the letters are right: lines with others than those that all encodings share."""
        lines = [line.strip() for line in self.text.splitlines()]
        telling = [line for line in lines if line and not line.isascii()] or [line for line in lines if line]
        return [line[:LONGEST_LINE] for line in telling[:LINES]]


def decoded(content: bytes, is_words: bool, how: Named = NOBODY_SAID) -> Decoded | None:
    """What it says; None for what is no text. `is_words`: by its name it is one, whatever it is made of. Raises OtherEncoding."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _plain(content, encoding)
    plain = _plain(content, "utf-8")
    if plain or not is_words or _has_control_bytes(content):
        return plain
    return _in_named(content, how.encoding) if how.encoding else _guessed(content, how.locale)


def _plain(content, encoding):
    text = _read(content, encoding)
    return None if text is None else Decoded(text)


def _in_named(content, named):
    text = _read(content, named)
    if text is None:
        raise OtherEncoding(named)
    return Decoded(text, named)


def _read(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_control_bytes(content):
    return any(byte < 32 and byte not in b"\t\n\r\f" or byte == 127 for byte in set(content))


def _guessed(content, locale):
    """The best of those that have a letter for each byte; at last cp1256, which has one for all."""
    first = FIRST_OF.get(locale)
    order = sorted(NATURAL, key=lambda encoding: encoding != first)
    readings = {one: text for one in order if (text := _read(content, one)) is not None}
    sense = {encoding: _sense(text[:ENOUGH], encoding) for encoding, text in readings.items()}
    best = max(sense, key=sense.__getitem__)
    return Decoded(readings[best], best)


def _sense(text, encoding):
    """How many words are natural beyond those that are not, in the one of its languages that most are of."""
    words = {word for word in WORDS.findall(text) if not word.isascii()}
    return max(sum(_judged(word, is_natural) for word in words) for is_natural in NATURAL[encoding])


def _judged(word, is_natural):
    """1 or -1; 0 for a letter or a sign alone, which says nothing."""
    runs = [run for run in RUNS.split(word.strip(EDGES)) if run]
    if sum(map(len, runs)) < 2 and all(map(is_letter, "".join(runs))):
        return 0
    return 1 if all(_is_run(run) and (run.isascii() or is_natural(run)) for run in runs) else -1


@lru_cache(maxsize=4096)
def _is_run(part):
    return all(map(is_letter, part))

"""Plain text in the letters of other days: UTF-16 with its mark, and Windows-1252, -1256 and -1251, as Excel saves tables.

One byte stands for other letters in each, so they are told apart by their words: which of them makes words that
people write. Where that is not certain, nothing is guessed. Pure.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable

MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
WORDS = re.compile(rb"[A-Za-z\x80-\xff]+")
BETWEEN = "'’‘\u00a0-–—·«»“”„…،؛؟"
"""Signs that may stand between two letters."""
EDGES = BETWEEN + "¿¡€£°ºª²³§™®©"
"""Those that may stand before or after them."""
RUNS = re.compile(f"[{re.escape(BETWEEN)}]")
DOUBTFUL = re.compile(
    "[ÐÝÞðýþŸŠŽšž]|õ(?!e)|ã(?![oes]|$)|ñ(?![aeiouáéíóú])|^è|è(?=[aeiouyáéíóú])|[ìùò](?!$)", re.IGNORECASE
)
"""In Windows-1252 letters of Iceland, or such as stand nowhere else in Portuguese, Spanish, French or Italian; in the tables of Turkey
(1254) and of Central Europe (1250), which have much else alike, they are others: Gdañsk, Poèet, Mìsto."""
FREQUENT = set("АЕИО")
"""A longer Russian word has one of them; many Arabic words, read so, are capitals without."""
ARABIC = re.compile("[\u0621-\u063a\u0640-\u0652]+")


class Unsure(ValueError):
    """Words, but in which letters is not certain."""


def decoded(content: bytes, is_words: bool) -> str | None:
    """The text; None for what is none. Raises Unsure. `is_words`: by its name it is a text, whatever it is made of."""
    for mark, encoding in {codecs.BOM_UTF8: "utf-8-sig", **MARKS}.items():
        if content.startswith(mark):
            return _decoded(content, encoding)
    text = _decoded(content, "utf-8")
    if text is not None or not is_words or _has_control_bytes(content):
        return text
    return content.decode(_encoding_of(content))


def _decoded(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_control_bytes(content):
    return any(byte < 32 and byte not in b"\t\n\r\f" or byte == 127 for byte in set(content))


def _encoding_of(content):
    """The one that has evidence against each of the others, wherever they read something else."""
    words = {word for word in WORDS.findall(content) if not word.isascii()}
    readings = {encoding: {word: _decoded(word, encoding) for word in words} for encoding in NATURAL}
    for encoding, own in readings.items():
        if _is_possible(encoding, own.values()) and all(
            _is_surer(own, NATURAL[encoding], readings[other], NATURAL[other])
            for other in NATURAL
            if other != encoding
        ):
            return encoding
    raise Unsure


def _is_possible(encoding, readings):
    """Hebrew, read as Cyrillic, has no capitals at all."""
    return None not in readings and (encoding != "cp1251" or any(not word.islower() for word in readings))


def _is_surer(own, is_natural, others, is_natural_there):
    """Whether words speak for the one, ten for each that speaks for the other."""
    differing = [word for word in own if own[word] != others[word]]
    here = [is_natural(own[word]) for word in differing]
    there = [others[word] is not None and is_natural_there(others[word]) for word in differing]
    pro = sum(mine and not theirs for mine, theirs in zip(here, there, strict=True))
    contra = sum(theirs and not mine for mine, theirs in zip(here, there, strict=True))
    neither = sum(not mine and not theirs for mine, theirs in zip(here, there, strict=True))
    return (
        (not differing and all(map(is_natural, own.values()))) or pro > 0 and 10 * (contra + neither) <= pro
    )


def _each_run(is_natural: Callable[[str], bool]) -> Callable[[str], bool]:
    """A word is natural where each of its parts is, and what stands between two letters may stand there."""

    def is_word_natural(word):
        runs = [run for run in RUNS.split(word.strip(EDGES)) if any(map(_is_letter, run))]
        return all(_is_run(run) and is_natural(run) for run in runs)

    return is_word_natural


def _is_letter(sign):
    return unicodedata.category(sign)[0] in "LM"


def _is_run(part):
    return all(map(_is_letter, part))


def _is_latin(run):
    """Letters of the West, more of them plain than not, in capitals where people write some."""
    special = [letter for letter in run if not letter.isascii()]
    is_west = all(letter < "\u0250" for letter in run) and not DOUBTFUL.search(run)
    return is_west and len(special) <= (len(run) + 1) // 2 and _has_usual_capitals(run)


def _is_arabic(run):
    if ARABIC.fullmatch(run):
        return len(run) > 1 or run == "و"
    return _is_latin(run)


def _is_cyrillic(run):
    if all("\u0400" <= letter <= "\u045f" for letter in run):
        is_capitals = run.isupper() and len(run) > 3
        return _has_usual_capitals(run) and (not is_capitals or bool(FREQUENT & set(run)))
    return run.isascii()


def _has_usual_capitals(run):
    return run.islower() or run.isupper() or run[1:].islower()


NATURAL = {
    "cp1252": _each_run(_is_latin),
    "cp1256": _each_run(_is_arabic),
    "cp1251": _each_run(_is_cyrillic),
}

"""Signs that nobody sees: whoever writes nothing else has written nothing; on one line they stand only where a word needs them."""

import re
import unicodedata

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point, some of which count as letters, and two signs that are drawn as a blank."""
UNSEEN_KINDS = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def is_unseen(sign: str) -> bool:
    return UNSEEN.match(sign) is not None or unicodedata.category(sign) in UNSEEN_KINDS


def says_nothing(text: str) -> bool:
    """Blanks, fillers, zero-width signs and the blank of Braille, alone or together."""
    return all(sign.isspace() or is_unseen(sign) for sign in text)


JOINERS = "\u200c\u200d"
"""Persian, Urdu and Indic words are written with them; they may stand between letters of those scripts."""
JOINED = {
    "ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA",
    "MALAYALAM", "SINHALA", "KHMER", "MYANMAR",
}  # fmt: skip
VIRAMA = 9
"""The combining class of the signs that take a vowel away."""
DRAWN = ("So", "Sk", "Sm", "Po")
"""Kinds of signs that are drawn in colours or as a line, as a variation says; joined, several are one picture."""
VARIATIONS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
VARIED = ("CJK", "MONGOLIAN")
TAGS = re.compile("[\U000e0020-\U000e007f]")
BLACK_FLAG = "\U0001f3f4"
"""Followed by tags it is the flag of a land, as of Scotland."""
KEY = "\u20e3"
CALLED_OTHERWISE = {"々": "CJK", "〇": "CJK", "ー": "KATAKANA"}


def first_unseen(line: str) -> int | None:
    """Where the first sign stands that nobody sees and no word needs: a control, a break, a direction, a filler."""
    if line.isprintable() and not UNSEEN.search(line):
        return None
    return next((at for at in range(len(line)) if is_unseen(line[at]) and not _shapes(line, at)), None)


def without_unseen_ends(line: str) -> str:
    """Without the blanks and signs that come along with what one copies."""
    start, end = 0, len(line)
    while start < end and (line[start].isspace() or is_unseen(line[start])):
        start += 1
    while start < end and (
        line[end - 1].isspace() or (is_unseen(line[end - 1]) and not _shapes(line, end - 1))
    ):
        end -= 1
    return line[start:end]


def joins(before: str, sign: str, after: str) -> bool:
    """Whether it joins or parts letters. A virama shows by the joiner that follows it, also at the end of a word."""
    script = script_of(before)
    is_between = script_of(after) == script or unicodedata.combining(before) == VIRAMA
    return sign in JOINERS and script in JOINED and is_between


def script_of(sign: str) -> str:
    """The first word of Unicode's name of a letter."""
    return CALLED_OTHERWISE.get(sign) or unicodedata.name(sign, "?").partition(" ")[0]


def _shapes(line, at):
    """Whether one sees by it how its neighbours are drawn."""
    before, sign, after = line[at - 1 : at] or " ", line[at], line[at + 1 : at + 2] or " "
    if sign in JOINERS:
        return joins(before, sign, after) or (_is_drawn(before) and _is_drawn(after))
    if VARIATIONS.match(sign):
        return _is_drawn(before) or script_of(before) in VARIED or after == KEY
    return TAGS.match(sign) is not None and (before == BLACK_FLAG or TAGS.match(before) is not None)


def _is_drawn(sign):
    return VARIATIONS.match(sign) or (not sign.isascii() and unicodedata.category(sign) in DRAWN)

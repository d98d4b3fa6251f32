"""Whether a name borrows that of somebody else: held to names of the team alone, since it refuses more than what looks the same."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import permutations

from cityexchange.core.unseen import script_of
from cityexchange.members.looks import CAPITALS, LOOK_ALIKES, ONE_FOR_TWO, seen, words_of

MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""What stands on a letter or beside it. The vowels of India and the voiced signs of Japan make other names, and stay."""
DIGITS_BEHIND = re.compile(r"(?<=[^\W\d])\d+\b")
JOINED = str.maketrans(
    "łđħŧøɨʉɓɗɖƙƴɛɔəŋɲʒǥƒɣıðþ",
    "ldhtoiubddkyeoennzgfyidp",
)
"""Letters with a stroke or a hook that Unicode does not take apart, and their plain ones."""
DRAWN = str.maketrans("лдипшйλδμσεπω", "ldinwildmsenw")
"""What else is taken for a Latin letter in a word that has none."""
SPOKEN = str.maketrans(
    "абвгдезиклмнопрстуфхыэіјѕαβγδεζηικλμνοπρστυφχω",
    "abvgdeziklmnoprstufhieijsabgdeziiklmnoprstufho",
)
"""Cyrillic and Greek letters as Latin writes them."""
AS_ONE = str.maketrans("i1|u", "llly")
MOST_TURNED = 4
"""Words that are tried in each order where somebody wrote them as one."""


def borrows(name: str, other: str) -> bool:
    """Whether the name is the other but for marks, strokes and alphabet, or has all its words and some more."""
    return any(
        _has_all(words, others) or "".join(words) in _in_each_order(others)
        for words, others in zip(readings(name), readings(other), strict=True)
        if others
    )


def _has_all(words, others):
    """A single word is a whole name in Chinese and Korean alone; else everybody with a given name of the team were refused."""
    is_whole = len(others) > 1 or (len(others[0]) > 2 and all(map(_is_of_whole_names, others[0])))
    return Counter(words) == Counter(others) or (is_whole and Counter(words) >= Counter(others))


def _is_of_whole_names(sign):
    return script_of(sign) in ("CJK", "HANGUL")


@lru_cache(maxsize=1024)
def _in_each_order(words):
    return (
        {"".join(order) for order in permutations(words)} if len(words) <= MOST_TURNED else {"".join(words)}
    )


@lru_cache(maxsize=4096)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name as they are drawn and as they are spoken, in plain letters, with the digits behind them and without."""
    bare = MARKS.sub("", unicodedata.normalize("NFKD", seen(name)))
    whole = unicodedata.normalize("NFC", bare)
    numbered, plain = words_of(whole), words_of(DIGITS_BEHIND.sub("", whole))
    return tuple(tuple(map(read, words)) for words in (numbered, plain) for read in (_drawn, _spoken))


def _drawn(word):
    return _plain(word.translate(CAPITALS).casefold().translate(LOOK_ALIKES).translate(DRAWN))


def _spoken(word):
    return _plain(word.casefold().translate(SPOKEN).translate(LOOK_ALIKES))


def _plain(word):
    word = word.translate(JOINED)
    for two, one in ONE_FOR_TWO:
        word = word.replace(two, one)
    return word.translate(AS_ONE)

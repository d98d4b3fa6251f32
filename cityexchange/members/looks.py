"""How a name looks: the same for two names that a reader cannot tell apart (Unicode TS 39, as much as does not confuse real names)."""

import re
import unicodedata
from functools import lru_cache

from cityexchange.core.unseen import UNSEEN

SPELT_OTHERWISE = str.maketrans("ʼʻʽʾʿ‘’´`ʹ′یکہھ", "'''''''''''يكهه", "ـ")
"""Apostrophes, and Arabic letters as Persian and Urdu keyboards write them; one sign only stretches a word."""
CAPITALS = str.maketrans("ΒΕΖΗΜΝΥΙІӀƖ1|", "BEZHMNYIIIIll")
"""What looks otherwise when it is small, and what a reader takes for a letter between letters."""
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтвнгьӏүѵαορνικτυχγηօսոհցզıɩɣʊʋǝðɖ05ニカロハエタトヘー",
    "aeopcyxijshdqwkmtbhrblyvaopviktuxynounhgqiiyuuəđđos二力口八工夕卜へ一",
)
"""Small Cyrillic, Greek and Armenian letters, rare Latin ones and digits, and what they are taken for; the same among Japanese signs."""
LONGEST = 500
"""Signs that are looked at and kept in memory: more than any name has."""
ONE_FOR_TWO = (("vv", "w"), ("rn", "m"), ("i\u0307", "i"), ("j\u0307", "j"))


def look_of(name: str) -> str:
    """The same for two names that a reader cannot tell apart."""
    return _look_of(name[:LONGEST])


@lru_cache(maxsize=4096)
def _look_of(name):
    return "".join(map(_look_of_word, words_of(unicodedata.normalize("NFKD", seen(name)))))


def letters_of(name: str) -> str:
    """The same for two people who bear the same name, however they set capitals, gaps, hyphens and apostrophes."""
    return _letters_of(name[:LONGEST])


@lru_cache(maxsize=4096)
def _letters_of(name):
    plain = unicodedata.normalize("NFKC", seen(name)).replace("\u0130", "I")  # as in İsmet, also called Ismet
    return "".join(words_of(plain.casefold()))


def is_taken_for(name: str, other: str) -> bool:
    """Whether the two are the same name, or look the same. What has no letters looks like nothing."""
    letters = letters_of(name)
    return letters != "" and (letters == letters_of(other) or not _looks(name).isdisjoint(_looks(other)))


def _looks(name):
    """A digit 1 is read as the letter that makes a word of it."""
    return {look_of(name), look_of(name.replace("1", "i"))} if "1" in name else {look_of(name)}


def seen(name):
    return UNSEEN.sub("", name.translate(SPELT_OTHERWISE))


def words_of(name):
    """Of letters, marks and digits; whatever stands between them is seen by nobody in a hurry."""
    return "".join(sign if _is_kept(sign) else " " for sign in name).split()


def _is_kept(sign):
    return sign.isalnum() or sign == "|" or unicodedata.category(sign)[0] == "M"


def _look_of_word(word):
    small = _with_strokes_told(word.translate(CAPITALS)).casefold().translate(LOOK_ALIKES)
    for two, one in ONE_FOR_TWO:
        small = small.replace(two, one)
    return small


def _with_strokes_told(word):
    """
    A capital I and a small l are one stroke. A word in small letters has a capital only as its first,
    one in capitals has no small l: so Ian is not Lan, nor Elia Ella, while CIaire is Claire and lan is Ian.
    Of two letters alone nobody can say, as of AI Gore.
    """
    rest = re.sub(r"[l\W\d]", "", word)
    if "l" in word and len(rest) > 1 and rest.isupper():
        return word.replace("l", "I")
    if len(word) == 2 or not word.isupper():
        word = word[:1] + word[1:].replace("I", "l")
    return re.sub("^l", "I", word)

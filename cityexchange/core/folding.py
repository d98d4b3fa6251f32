"""How names are compared where somebody looks for one: fold("Łukasz") is "lukasz", as people type it.

For everything that has a name. The program that makes the register of cities reads this file too, so it imports nothing of ours.
A model that is looked for keeps what it is found by in columns (core/named.py): another fold needs a migration that fills those anew.

    fold("Zürich")                          "zurich", for order
    spelled("Zürich")                       ("zurich", "zuerich"), for whoever looks for it
    spelled("Saint-Étienne")                ("saint etienne", "st etienne")
    joined(("saint etienne", ...))          "saintetienne", "stetienne": without what stands between
    are_alike("Saint-Étienne", "st etienne")
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

BETWEEN = re.compile(r"[!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u206f\u3000-\u303f\u30fb\u060c\u061b\u061f]+")
"""Signs between words."""
TYPED_AS = {
    "a": "ə", "b": "ɓ", "d": "đðɖɗ", "e": "ɛ", "h": "ħ", "i": "ı", "k": "ƙ", "l": "ł", "n": "ŋ", "o": "øɔ", "t": "ŧ",
    "th": "þ", "ae": "æ", "oe": "œ",
    "а": "ә", "г": "ґғҕӷ", "дж": "ђџ", "е": "є", "ж": "җ", "з": "ѕҙӡ", "и": "іј", "к": "қҝҟҡӄ", "л": "љӆԓ",
    "н": "ңҥњӈӊ", "о": "ө", "п": "ҧ", "р": "ҏ", "с": "ҫ", "т": "ҭ", "у": "үұ", "х": "һҳӽ", "ч": "ћҷҹӌ", "ае": "ӕ",
    "ا": "ٱ", "ر": "ڕ", "ك": "کڪګ", "ل": "ڵ", "ه": "ةۀہۃھە", "و": "ۆۇۈۋ", "ي": "ىیۍێېے",
}  # fmt: skip
"""Letters that Unicode does not take apart, under what people type who lack their keys, or have the keys of another language."""
APOSTROPHES = "'’‘ʼʻʾʿ`´"
AS_SPACES = dict.fromkeys(map(ord, APOSTROPHES), " ")
UNSEEN = "ـء\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""What only stretches or joins an Arabic word, and what nobody sees."""
ALONE = {ord(letter): typed for typed, letters in TYPED_AS.items() for letter in letters} | dict.fromkeys(
    map(ord, APOSTROPHES + UNSEEN), ""
)
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ə": "e"})
"""How those write a letter of their own language who do not merely leave its mark out."""
SHORT = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
LONGEST = 500
"""Signs that are spelled and kept in memory: more than any name has, so what begins with as many is the name of nothing."""
MOST_WORDS = 8
"""Of a name that somebody writes as one."""


def fold(name: str) -> str:
    """Without accents, vowel signs, case and signs between words, and with one form of each Arabic letter."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(filterfalse(unicodedata.combining, apart)).translate(ALONE)
    return " ".join(BETWEEN.sub(" ", bare).split())


def sought(letters: str) -> str:
    """The fold of what somebody looks for, however much that is."""
    return fold(letters[:LONGEST])


def spelled(name: str) -> tuple[str, ...]:
    """The fold, then what else people write for the same name; nothing for a name of nothing but signs."""
    return _spelled(name[:LONGEST])


@lru_cache(maxsize=8192)
def _spelled(name):
    ways = [plain := unicodedata.normalize("NFC", name.casefold())]
    if (apart := plain.translate(AS_SPACES)) != plain:
        ways.append(apart)
    ways += [out for way in ways if (out := way.translate(WRITTEN_OUT)) != way]
    folded = list(map(fold, ways))
    return tuple(way for way in dict.fromkeys([*folded, *map(_shortened, folded)]) if way)


def joined(ways: Iterable[str]) -> tuple[str, ...]:
    """Each of several words as one, from its first word on and from each later one."""
    split = [way.split()[:MOST_WORDS] for way in ways]
    return tuple(dict.fromkeys("".join(words[start:]) for words in split for start in range(len(words) - 1)))


def are_alike(name: str, other: str) -> bool:
    """Whether both are one name, as people write it."""
    return bool(_whole(name) & _whole(other))


def _whole(name):
    return {form for way in spelled(name) for form in (way, way.replace(" ", ""))}


def _shortened(words):
    """Where another word follows: "st" alone is the beginning of very much."""
    *before, last = words.split() or [""]
    return " ".join([*(SHORT.get(word, word) for word in before), last])

"""How names are compared where somebody looks for one: fold("Łukasz") is "lukasz", as people type it.

For everything that has a name. The program that makes the register of cities reads this file too, so it imports nothing of ours.
A model that is looked for keeps it in a column (core/named.py): another fold needs a migration that fills those anew.
"""

import re
import unicodedata
from itertools import filterfalse

BETWEEN = re.compile(r"[!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u206f\u3000-\u303f\u30fb\u060c\u061b\u061f]+")
"""Signs between words."""
ALONE = str.maketrans(
    "ıłøđðħŋəŧɓɖɗƙɛɔґىیےکةہۀھٱ",
    "iloddhnatbddkeoгيييكهههها",
    "ـء'’‘ʼʻʾʿ\u00ad\u200b\u200c\u200d\u200e\u200f\u2060",
) | {0xFE: "th", 0xE6: "ae", 0x153: "oe"}
"""Letters that Unicode does not take apart and people type as others. Apostrophes, what only stretches or joins an Arabic word and
what nobody sees are left out; other signs part words."""


def fold(name: str) -> str:
    """Without accents, vowel signs, case and signs between words, and with one form of each Arabic letter."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(filterfalse(unicodedata.combining, apart)).translate(ALONE)
    return " ".join(BETWEEN.sub(" ", bare).split())

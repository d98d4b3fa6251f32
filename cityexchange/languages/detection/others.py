"""Languages that nobody may state here, and texts are written in all the same: what tells them from those of ours that resemble them.

Without them a text in Kyrgyz could be in nothing but Kazakh, and surely so.
"""

import re
from collections.abc import Mapping

OTHERS = [
    "ace",
    "af",
    "as",
    "az",
    "ba",
    "bcl",
    "be",
    "br",
    "crh",
    "cy",
    "eo",
    "eu",
    "fo",
    "fuv",
    "fy",
    "gd",
    "gl",
    "gom",
    "gug",
    "guw",
    "ha",
    "ht",
    "ig",
    "is",
    "jv",
    "kab",
    "kik",
    "ky",
    "la",
    "lb",
    "lg",
    "ln",
    "mg",
    "mk",
    "mn",
    "mr",
    "mt",
    "ne",
    "nso",
    "oc",
    "om",
    "qu",
    "rw",
    "se",
    "sn",
    "st",
    "tg",
    "tk",
    "tl",
    "tt",
    "ug",
    "wa",
    "xh",
    "yo",
    "zu",
]
"""Those that the model knows, in scripts of ours; not the nearest relatives (Nynorsk, Egyptian Arabic, Bosnian, Cantonese, Venetian),
whose readers read ours."""
STRANGE = frozenset("ѓќѕҕҗҙҡҥҧҫҷӌӏӑӓӕӗӟӡӣӥӧӯӱӳӵӹӈԓڀٺٿڃڄڇڊڌڍڏڙڦڪڬڳڱڻڠڽڭۈۇۋۅۉۏװױײळऴऱॲৰৱቐቑቒቓቔቕቖቘቚቛቜቝ")
"""Letters of Macedonian, Tatar, Tajik and others, of Sindhi, Uighur and Malay, of Yiddish, Marathi, Assamese and Tigrinya, that none
of ours is written with."""
RARE = 50
"""Letters of a text for one of another language in it, as in a name."""
YIDDISH = re.compile("\u05bf|\u05d0[\u05b7\u05b8]")
POINTS = re.compile("[\u05b0-\u05bd\u05bf\u05c1\u05c2]")
"""Yiddish has some within its words, where Hebrew has none, or all."""


def has_strange_letters(words: str, letters: Mapping[str, int]) -> bool:
    """Whether it is written with letters that none of our languages has. `words` in Unicode's composed form."""
    strange = sum(number for letter, number in letters.items() if letter in STRANGE)
    return bool(letters) and strange * RARE >= sum(letters.values()) or _is_yiddish(words)


def _is_yiddish(words):
    return bool(YIDDISH.search(words)) and len(POINTS.findall(words)) * 3 < len(words)

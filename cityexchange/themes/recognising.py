"""Which themes a text is about, by the words of words.json: beginnings of words in the six languages, Chinese ones anywhere.

A guess for people to correct: nothing is decided by it."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from cityexchange.core.folding import fold
from cityexchange.themes.taxonomy import KEYS

WORDS = Path(__file__).with_name("words.json")
MOST = 3
SHORTEST = 3
"""Letters of a beginning: two are in too many words."""
APOSTROPHES = re.compile(r"['’ʼ-]")
ARTICLES = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وفبل])(?=\w{3})")
"""What Arabic writes together with the word behind it."""
HAN = re.compile(r"[\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """Each word as it is compared; an Arabic one also without what is written together with it."""
    words = fold(APOSTROPHES.sub(" ", text)).split()
    return [*words, *(bare for word in words if (bare := ARTICLES.sub("", word)) != word)]


def themes_in(*texts: str) -> list[str]:
    """Keys of themes, the likeliest first. Of texts the first counts most: a title, before what is told at length."""
    points: Counter[str] = Counter()
    for weight, text in zip(range(len(texts), 0, -1), texts, strict=True):
        for key in _named_in(text):
            points[key] += weight
    return sorted(points, key=lambda key: (-points[key], KEYS.index(key)))[:MOST]


def _named_in(text):
    """Keys, once for each word of the list that the text has."""
    beginnings, longest, han = _lexicon()
    found = {
        (word[:end], key)
        for word in words_of(text)
        for end in range(SHORTEST, min(len(word), longest) + 1)
        for key in beginnings.get(word[:end], ())
    }
    bare = fold(text) if HAN.search(text) else ""
    return [key for _, key in found] + [key for part, key in han if part in bare]


@cache
def _lexicon():
    """({beginning of a word: keys}, letters of the longest, [(part of a text, key)])"""
    beginnings: dict[str, list[str]] = {}
    han = []
    for key, languages in json.loads(WORDS.read_text(encoding="utf-8")).items():
        for word in {one for words in languages.values() for one in map(fold, words.split())}:
            if HAN.search(word):
                han.append((word, key))
            else:
                beginnings.setdefault(word, []).append(key)
    return beginnings, max(map(len, beginnings)), han

"""Reads the file that `making.py` made, and answers as py3langid does: naive Bayes over byte sequences.

Without numpy (10 MB) and without its tables as Python lists. A feature's probabilities in all languages are one row
of 16-bit numbers, and rows are added as whole integers, all languages at once.
"""

import json
import math
import os
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from functools import lru_cache
from typing import BinaryIO


def numbers(kind: str, content: bytes) -> array:
    found = array(kind, content)
    if sys.byteorder == "big":
        found.byteswap()
    return found


class Model:
    def __init__(self, file: BinaryIO):
        self.file, head = file, json.loads(file.readline())
        begin = file.tell()
        self.languages, self.priors, self.least = head["languages"], head["priors"], head["least"]
        self.step, self.fitting = head["step"], head["fitting"]
        size = 4 * head["slots"]
        self.owner, self.base, self.ending, self.feature = (
            numbers(kind, self._read(begin + part * size, size)) for part, kind in enumerate("IIIi")
        )
        self.rows = begin + 4 * size
        self.pairs = (len(self.languages) + 1) // 2
        # About 1 MB: most sequences of a text are the usual ones of its language.
        self.row = lru_cache(maxsize=4096)(self._read_row)
        self.every_other = int.from_bytes(b"\xff\xff\0\0" * self.pairs, "little")

    def classify(self, text: str) -> tuple[str, float]:
        """(language, probability)"""
        shares = self.shares(text)
        return max(shares.items(), key=lambda share: share[1]) if shares else (self.languages[0], 0.0)

    def shares(self, text: str) -> dict[str, float]:
        """{language: probability}; nothing where no sequence of the text is known."""
        content = _encoded(text)
        found = self._features(content)
        return self._shares(found, len(content)) if found else {}

    def _features(self, content):
        """How often each feature occurs: one step of the automaton a byte."""
        owner, bases, ending = self.owner, self.base, self.ending
        base, slots = 0, []
        for letter in content:
            slot = base + letter
            while owner[slot] != base:
                base = ending[base]
                slot = base + letter
            base = bases[slot]
            slots.append(slot)
        found = Counter(map(self.feature.__getitem__, slots))
        found.pop(-1, None)
        return found

    def _shares(self, found, length):
        # The root of the length keeps probabilities comparable between short and long texts.
        scores, sharpness = self._scores(found), 1 / math.sqrt(length)
        best = max(scores)
        weights = [math.exp((score - best) * sharpness) for score in scores]
        all_weights = sum(weights)
        shares: dict[str, float] = defaultdict(float)  # a language in two scripts stands in the model twice
        for language, weight in zip(self.languages, weights, strict=True):
            shares[language] += weight / all_weights
        return shares

    def _scores(self, found):
        by_count = defaultdict(list)
        for feature, count in found.items():
            by_count[count].append(feature)
        scores = self.priors
        for count, features in by_count.items():
            weight = math.log1p(count)
            whole, part = weight * len(features), weight / self.step
            scores = [
                score + whole * least + part * distance
                for score, least, distance in zip(scores, self.least, self._distances(features), strict=True)
            ]
        return scores

    def _distances(self, features):
        """For each language the sum over these features. A few rows fit into 16 bits, their sums into 32."""
        even = odd = 0
        for start in range(0, len(features), self.fitting):
            rows = sum(map(self.row, features[start : start + self.fitting]))
            even += rows & self.every_other
            odd += rows >> 16 & self.every_other
        both = [0] * (2 * self.pairs)
        both[::2], both[1::2] = self._unpacked(even), self._unpacked(odd)
        return both[: len(self.languages)]

    def _read_row(self, feature):
        width = 2 * len(self.languages)
        row = self._read(self.rows + feature * width, width)
        return int.from_bytes(row, "little")  # beyond the end: only zeros

    def _read(self, start, size):
        # Not mapped: the system keeps the file in memory once, where a map would count in every process.
        return os.pread(self.file.fileno(), size, start)

    def _unpacked(self, sums):
        return numbers("I", sums.to_bytes(4 * self.pairs, "little"))


def _encoded(text):
    if text.isupper():
        text = text.lower()
    return unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")

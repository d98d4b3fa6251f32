"""Texts of about 120 words of Markdown that mean nothing, and their HTML."""

from collections.abc import Callable
from random import Random

from cityexchange.core.text import render

DIFFERENT = 600
"""Texts of each kind: rendering them is what takes long, and no page shows the same one twice."""
SYLLABLES = [
    "ba",
    "co",
    "di",
    "fu",
    "ga",
    "le",
    "mi",
    "no",
    "pa",
    "re",
    "su",
    "ta",
    "ve",
    "xo",
    "za",
    "lin",
    "mar",
    "nor",
    "pel",
    "ron",
    "sal",
    "tir",
    "vil",
]


def word(random: Random) -> str:
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4)))


def line(random: Random, least: int, most: int) -> str:
    return " ".join(word(random) for _ in range(random.randint(least, most))).capitalize()


def sentences(random: Random, words: int) -> str:
    return " ".join(f"{line(random, 8, 12)}." for _ in range(max(1, words // 10)))


def long_text(random: Random) -> str:
    """Paragraphs, a list, emphasis, a link, a quotation: as people write, about 120 words."""
    points = "\n".join(f"- {line(random, 4, 8)}" for _ in range(3))
    return "\n\n".join((
        f"{sentences(random, 40)} **{line(random, 2, 3)}**.",
        f"> {sentences(random, 20)}",
        points,
        f"{sentences(random, 30)} [{line(random, 2, 3)}](https://www.example.org/{word(random)})",
    ))  # fmt: skip


def short_text(random: Random) -> str:
    return sentences(random, random.choice((10, 10, 20, 30)))


def written(random: Random, make: Callable[[Random], str], heading_base: int) -> list[dict[str, str]]:
    """Many texts as the columns of `Written`."""
    texts = [make(random) for _ in range(DIFFERENT)]
    return [{"text": text, "html": render(text, heading_base), "language": "en"} for text in texts]

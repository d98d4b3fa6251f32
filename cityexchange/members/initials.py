"""How a person's name becomes an avatar: initials, and one of eight colours that never changes for a record."""

from functools import lru_cache
from zlib import crc32

COLOURS = 8


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """First letters of the first and last word ("CV"); one character for one-part, Chinese, Japanese and Korean names."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    if len(words) == 1 or "\u2e80" <= words[0][0] <= "\ud7ff":
        return words[0][0].upper()
    # Arabic letters join when they touch, which would read as a word: a hair space keeps them apart.
    between = "\u200a" if "\u0590" <= words[0][0] <= "\u08ff" else ""
    return (words[0][0] + between + words[-1][0]).upper()


def colour_bucket(key: int | str | None) -> int:
    return crc32(str(key).encode()) % COLOURS


def init_app(app):
    app.jinja_env.filters.update(initials=initials, colour_bucket=colour_bucket)

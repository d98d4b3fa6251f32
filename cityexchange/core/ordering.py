"""Lists of names in the order of the reader's language.

    query.order_by(*in_order(City))       what a database orders, in stretches too: by the fold, so that both say the same
    by_name(cities)                       what is at hand as a whole: as a dictionary of that language would have it

The reader's own script comes first; accents and capitals decide only between equal names. What the database cannot know without
a collation of its own (Chinese by sound, the place of ñ and й) only `by_name` does, unless the model keeps its place in each
language beside its names (core/called.py).
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from flask_babel import get_locale
from sqlalchemy import ColumnElement, and_, case

from cityexchange.core.folding import fold
from cityexchange.core.named import Named

One = TypeVar("One")
FIRST = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u052f"), "zh": ("\u2e80", "\u9fff")}
"""The letters that a language puts before all others; Latin ones are first by themselves."""
AFTER = chr(0x10FFFF)
SIGNS = 24
"""Of a name that decide its place."""
OWN_LETTERS = {"es": {"ñ": f"n{AFTER}"}, "ru": {"й": f"и{AFTER}"}}
"""Letters with a place of their own, behind the one that the fold makes of them."""


def in_order(model: type[Named], locale: str | None = None) -> tuple[ColumnElement[Any], ...]:
    """What to order by; the last is the key."""
    if model.has_many_names:
        return model.sorted_in(_locale(locale)), model.id  # type: ignore[attr-defined]
    columns: tuple[Any, ...] = (model.folded, model.id)  # type: ignore[attr-defined]
    return (own_script_first(model.folded, locale), *columns) if _locale(locale) in FIRST else columns


def own_script_first(folded: Any, locale: str | None = None) -> ColumnElement[int]:
    first, last = FIRST[_locale(locale)]
    return case((and_(folded >= first, folded <= last + AFTER), 0), else_=1)


def by_name(
    found: Iterable[One], name: Callable[[One], Any] = attrgetter("name"), locale: str | None = None
) -> list[One]:
    """`name` gives what is shown: `attrgetter("called")` of cities."""
    language = _locale(locale)
    return sorted(found, key=lambda one: place_of(str(name(one)), language))


def place_in_words(name: str, language: str) -> str:
    """As `place_of` compares, in signs that all collations of all databases sort alike."""
    is_other, sounds, _ = place_of(name, language)
    numbers = (sign if isinstance(sign, int) else ord(sign) for sign in sounds[:SIGNS])
    return f"{is_other:d}" + "".join(f"{number:06x}" for number in numbers)


@lru_cache(maxsize=8192)
def place_of(name: str, language: str) -> tuple[Any, ...]:
    """Compares as the names stand in a list."""
    words = unicodedata.normalize("NFC", name).casefold()
    for letter, place in OWN_LETTERS.get(language, {}).items():
        words = words.replace(letter, place)
    folded = fold(words)
    first, last = FIRST.get(language, ("", ""))
    is_own = first <= folded[:1] <= last if first else True
    sounds = [_sound(sign) for sign in folded] if language == "zh" else folded
    return not is_own, sounds, name


def _sound(sign):
    """GB 2312 has the usual signs in the order of their sounds (pinyin), the rare ones by radical behind them."""
    try:
        return int.from_bytes(sign.encode("gb2312")) if sign >= "\u4e00" else ord(sign)
    except UnicodeEncodeError:
        return 0x10000 + ord(sign)


def _locale(locale):
    return str(locale or get_locale() or "en").partition("_")[0]

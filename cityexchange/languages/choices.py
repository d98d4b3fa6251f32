"""Language codes, and when two of them are one language to a reader."""

from functools import lru_cache
from operator import itemgetter
from typing import Any

from babel import Locale, UnknownLocaleError

from cityexchange.core.ordering import by_name

WRITTEN = [
    "am",
    "ar",
    "bg",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "ga",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "ku",
    "lt",
    "lv",
    "ms",
    "nl",
    "no",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "th",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "zh",
]
"""Languages that people may say a text is written in, beside those of the pages."""
UNDETERMINED = "und"
"""ISO 639's code for a language that nobody has told yet."""


def language_choices(locale: Locale | str) -> list[tuple[str, str]]:
    """[(code, name in the language of `locale`)] of the languages people write in, by name."""
    return list(_choices(str(locale)))


@lru_cache(maxsize=32)
def _choices(locale):
    names = Locale.parse(locale).languages
    return by_name(((code, names.get(code, code)) for code in WRITTEN), itemgetter(1), locale)


def languages_of(writer: Any) -> list[str]:
    """What somebody may be expected to write in: the language of their pages, and those they know."""
    return [writer.locale, *writer.languages_read]


def direction_of(language: str) -> str:
    """ "rtl" or "ltr": which way a field for it is written before its first letter."""
    try:
        return Locale.parse(language).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def base(language: str) -> str:
    """'pt' of 'pt-BR': who reads one reads the other."""
    return language.replace("_", "-").split("-")[0].lower()

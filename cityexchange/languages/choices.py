"""The languages a text can be in and a member can say they read: ISO 639-1, those our cities work in first."""

from babel import Locale

CODES = (
    "ar", "zh", "en", "fr", "ru", "es",
    "am", "bg", "bn", "ca", "cs", "da", "de", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "ku", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sr", "sv", "sw", "th",
    "tl", "tr", "uk", "ur", "vi",
)  # fmt: skip


def language_choices(locale: Locale | str) -> list[tuple[str, str]]:
    """[(code, name in the reader's language)], by name."""
    names = Locale.parse(str(locale), sep="_").languages
    return sorted(((code, names.get(code, code)) for code in CODES), key=lambda pair: pair[1].casefold())


def base(language: str) -> str:
    """'pt' of 'pt-BR': who reads one reads the other."""
    return language.replace("_", "-").split("-")[0].lower()

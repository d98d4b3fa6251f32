"""Asks for translations of records that are no more."""

from cityexchange.core import alongside
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.originals import translatable


def forget_what_is_gone() -> None:
    alongside.forget_what_is_gone(TranslationAsk, translatable().values())

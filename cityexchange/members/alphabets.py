"""What a name may be written with: signs that are seen, letters that people write today, one script a word."""

import re
import unicodedata

from cityexchange.core.unseen import JOINED, is_unseen, joins, script_of


def _words_of(text):
    return frozenset(text.split())


MOST_MARKS = 4
"""Accents on one letter: Vietnamese needs two, vocalised Arabic and Hebrew up to three."""

WRITTEN_TODAY = JOINED | _words_of("""
    LATIN CYRILLIC GREEK HEBREW CJK HIRAGANA KATAKANA HANGUL BOPOMOFO THAI LAO TIBETAN GEORGIAN ETHIOPIC ARMENIAN TIFINAGH THAANA
    ADLAM VAI YI
""")
"""By the first word of Unicode's name of a letter. Scripts of scholars and of few have too many doubles of Latin letters."""
TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})
"""Japanese, Korean and Taiwanese words are written in more than one script."""
OF_ANY_SCRIPT = set("ʹʺʻʼʽʾʿˀˁªº")
"""Apostrophes that count as letters, and the raised letters of "Mª José"."""
LATIN_TODAY = set("æœøðþßłđħŋəıɓɗɖƙƴɛɔƒɣɩʊʋǝŧɲʒǥɨʉʔÆŒØÐÞẞŁĐĦŊƏƁƊƉƘƳƐƆƑƔƖƱƲƎŦƝƷǤƗɄ")
"""What living languages write beside a to z with accents. Phonetic and historical letters serve only to look like others."""
BETWEEN_WORDS = re.compile(r"[\s\-‐‑・·]+")


def has_unseen_signs(name: str) -> bool:
    """Controls, direction overrides, fillers, zero-width signs, or a heap of accents."""
    marks = 0
    for before, sign, after in zip(" " + name, name, name[1:] + " ", strict=False):
        if is_unseen(sign) and not joins(before, sign, after):
            return True
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            return True
    return False


def has_letters(name: str) -> bool:
    return any(map(_is_letter, name))


def mixes_alphabets(name: str) -> bool:
    """A word of two scripts, a letter that nobody writes names with, or a symbol that poses as a letter."""
    return not all(map(_is_plain, BETWEEN_WORDS.split(name)))


def _is_plain(word):
    signs = [sign for sign in word if sign not in OF_ANY_SCRIPT]
    letters = [sign for sign in signs if _is_letter(sign)]
    scripts = set(map(script_of, filter(_is_of_script, signs)))
    one = len(scripts) < 2 or any(scripts <= family for family in TOGETHER)
    poses = letters and any(map(_is_symbol, signs))
    return one and scripts <= WRITTEN_TODAY and not poses and all(map(_is_latin_today, letters))


def _is_letter(sign):
    """Among them numbers that are drawn as letters are, as the Roman ones."""
    return unicodedata.category(sign)[0] == "L" or unicodedata.category(sign) == "Nl"


def _is_symbol(sign):
    return not sign.isascii() and unicodedata.category(sign) in ("So", "Sm")


def _is_of_script(sign):
    """Accents are of the script of what they stand on."""
    is_mark = unicodedata.category(sign)[0] == "M"
    return _is_letter(sign) or (is_mark and not _name(sign).startswith("COMBINING"))


def _name(sign):
    return unicodedata.name(sign, "?")


def _is_latin_today(letter):
    base = unicodedata.normalize("NFD", letter)[0]
    return script_of(letter) != "LATIN" or base.isascii() or base in LATIN_TODAY

"""What words look like in the languages that people save tables in: which letters they have, and where those stand. Pure."""

import re
import unicodedata
from collections.abc import Callable

BETWEEN = "'’‘\u00a0\u00ad\u200c\u200d-–—·«»“”„…،؛؟"
"""Signs that may stand between two letters."""
EDGES = BETWEEN + "¿¡€£¥¢°ºª¹²³½¼¾§™®©†•‰"
"""Those that may stand before or after them."""
RUNS = re.compile(f"[{re.escape(BETWEEN)}]")
LATIN = {
    "cp1252": {
        "fr": ("àâæçéèêëîïôœùûüÿ", "ç(?![aouâ]|$)|^è|è(?=[aeiouy])|ù(?!$)|î(?![clmnrst]|$)|(?<![aou])ï|ë$"),
        "de": ("äöüß", ""),
        "es": ("áéíñóúü", "ñ(?![aeiouáéíóú])"),
        "pt": ("àáâãçéêíóôõú", "ç(?![aouãõáâ])|ã(?![oes]|$)|õ(?!e)|à(?!s?$)"),
        "it": ("àèéìòù", "[ìòùàè](?!$)"),
        "da": ("åæøéü", ""),
        "sv": ("åäöéü", ""),
        "ca": ("àçèéíïòóúü", "ç(?![aou]|$)|^è|è(?=[aeiou])|ò(?!$|[nrs])|(?<![aeou])ï"),
        "nl": ("éëïöü", ""),
        "sq": ("çë", ""),
        "is": ("áðéíóúýþæö", "(?<!^)þ|^[^áéíóúæö]+$"),
    },
    "cp1250": {
        "pl": ("ąćęłńóśźż", ""),
        "cs": ("áčďéěíňóřšťúůýžäĺľôŕ", ""),
        "hu": ("áéíóöőúüű", ""),
        "ro": ("ăâîşţșț", "(?<!^)î(?!$)|^â"),
        "hr": ("čćđšž", ""),
    },
    "cp1254": {"tr": ("çğıöşü", "^ğ|^ı(?![lrs])")},
    "cp1257": {"lv": ("āčēģīķļņšūž", ""), "lt": ("ąčęėįšųūž", ""), "et": ("äöõüšž", "")},
}
"""By Windows' table: the letters beside a to z, and where they do not stand."""
CYRILLIC = re.compile("[\u0401\u0402-\u040f\u0410-\u045f\u0490\u0491]+")
VOWELS, FREQUENT = set("аеёиоуыэюяіїє"), set("АЕИОІ")
"""A longer Russian word has one of these; many Arabic words, read so, are capitals without."""
GREEK_VOICE = re.compile("[άέήίόύώΐΰ]")
GREEK = re.compile("[α-ωά-ώΐΰϊϋ]+")
HEBREW = re.compile("[א-ת\u05b0-\u05c3]+")
HEBREW_FINALS = re.compile("[ךםןףץ](?!$)")
ARABIC = re.compile("[\u0621-\u063a\u0640-\u0652پچژگکی]+")
ARABIC_PLACES = re.compile("[ةى](?!$)|(?<![والبكف])(?<!^)[إآ]|(?<!^)ء(?=[إآأ])")
HANGUL = re.compile("[\uac00-\ud7a3]+")
JAPANESE = re.compile("[\u3041-\u30ff\u3005\u4e00-\u9fff]+")
CHINESE = re.compile("[\u4e00-\u9fff]+")
EVERYDAY = {"gb18030": range(0xB0, 0xD8), "cp949": range(0xB0, 0xC9)}
"""First bytes of the signs that are written every day; their second byte is a high one too."""


def _is_latin(letters: str, doubtful: str) -> Callable[[str], bool]:
    known, doubt = set(letters), re.compile(doubtful or "(?!)")

    def is_natural(run):
        small = run.replace("İ", "i").lower()
        special = [letter for letter in small if not letter.isascii()]
        are_few = 2 * len(special) <= len(run) + 1
        return are_few and known.issuperset(special) and not doubt.search(small) and _has_usual_capitals(run)

    return is_natural


def _is_cyrillic(run):
    common = FREQUENT if run.isupper() and len(run) > 3 else VOWELS | {letter.upper() for letter in VOWELS}
    return bool(CYRILLIC.fullmatch(run)) and not common.isdisjoint(run) and _has_usual_capitals(run)


def _is_greek(run):
    has_voice = len(GREEK_VOICE.findall(run.lower())) == 1 or run.isupper()
    return (
        bool(GREEK.fullmatch(run.lower()))
        and has_voice
        and not re.search("ς(?!$)|σ$", run)
        and _has_usual_capitals(run)
    )


def _is_hebrew(run):
    return bool(HEBREW.fullmatch(run)) and not HEBREW_FINALS.search(run)


def _is_arabic(run):
    if ARABIC.fullmatch(run):
        return not ARABIC_PLACES.search(run)
    return _is_latin(*LATIN["cp1252"]["fr"])(run)


def _is_everyday(signs: re.Pattern[str], encoding: str) -> Callable[[str], bool]:
    def is_natural(run):
        code = run.encode(encoding) if signs.fullmatch(run) else b""
        return bool(code) and all(one in EVERYDAY[encoding] for one in code[::2]) and min(code[1::2]) > 0xA0

    return is_natural


def _has_usual_capitals(run):
    return run.islower() or run.isupper() or run[1:].islower()


def is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


NATURAL: dict[str, list[Callable[[str], bool]]] = {
    **{encoding: [_is_latin(*one) for one in languages.values()] for encoding, languages in LATIN.items()},
    "cp1255": [_is_hebrew],
    "cp1251": [_is_cyrillic],
    "cp1256": [_is_arabic],
    "cp1253": [_is_greek],
    "cp949": [_is_everyday(HANGUL, "cp949")],
    "gb18030": [_is_everyday(CHINESE, "gb18030")],
    "cp932": [lambda run: bool(JAPANESE.fullmatch(run))],
}
"""By encoding, whether a run of letters is as a language of it writes, for each of its languages. Of those that make equally much sense
the first is taken."""

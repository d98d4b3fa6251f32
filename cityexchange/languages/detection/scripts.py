"""Which languages may be written with the letters of a text: what no statistics may overrule."""

import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from cityexchange.languages.detection.others import has_strange_letters

WRITTEN_WITH = {
    "ARABIC": "ar fa ku ps ur",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CJK": "ja zh",
    "CYRILLIC": "bg kk ru sr uk uz",
    "DEVANAGARI": "hi",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "LATIN": "ca cs da de en es et fi fr ga hr hu id it ku lt lv ms nl no pl pt ro sk sl so sq sr sv sw tr uz vi",
    "TAMIL": "ta",
    "THAI": "th",
}
"""By the first word of Unicode's name of a letter. Texts in other scripts are in none of the languages we know."""
KANA = "".join(map(chr, range(0x3041, 0x30FB)))
MARKED = {
    "fa": "پچژگکی",
    "ur": "پچژگکیٹڈڑںےہ",
    "ps": "پچژګگکیټډړږښڼېۍځڅ",
    "ku": "پچژگکیۆێڕڵە",
    "kk": "әғқңөұүһі",
    "uk": "іїєґ",
    "uz": "ўқғҳ",
    "sr": "јљњђћџ",
    "ja": KANA,
}
"""Letters that a language has beside those it shares. Without one of them, and unless its writer knows it, a text is in a language
that has only the shared ones: رد مباشر is no Persian. For Latin letters nobody can say so."""
SHORT = 25
"""Letters of a text that may lack them by chance."""
ONLY = {
    "ur": "ٹڈڑںےہ",
    "ps": "ګټډړږښڼېۍځڅ",
    "ku": "ۆێڕڵە",
    "kk": "әңөұүһ",
    "uz": "ўҳ",
    "uk": "їєґ",
    "sr": "јљњђћџ",
}
"""Of these none other is written with."""
NEVER = {"bg": "ыэёіїєґјљњђћџ", "ru": "іїєґјљњђћџ"}
"""Letters that a language does not have."""
LOANED = {"ar": "پچژگکی"}
"""Letters that only who knows the language writes in it: of a dialect, in names, on another's keyboard."""
SAME = {
    "HIRAGANA": "CJK",
    "KATAKANA": "CJK",
    "KATAKANA-HIRAGANA": "CJK",
    "FULLWIDTH": "LATIN",
    "HALFWIDTH": "CJK",
}
WEIGHT = {"CJK": 3, "HANGUL": 3}
"""Letters that stand for a syllable or a word count more than those of the foreign names among them."""


def possible(words: str, known: Collection[str] = ()) -> set[str]:
    """The languages that the words may be in, of a writer who knows some; none where their script is strange to us."""
    letters = Counter(filter(str.isalpha, words.lower()))
    if has_strange_letters(words, letters):
        return set()
    script = main_script(letters)
    written = WRITTEN_WITH.get(script, "").split()
    if script == "LATIN":
        return set(written)
    fitting = {one for one in written if _fits(one, letters, known)}
    if {"ja", "zh"} <= fitting and _lacks(letters, KANA) and "ja" in known and "zh" not in known:
        return {"ja"}
    return {one for one in fitting if not _lacks(letters, ONLY.get(one, ""))} or fitting or set(written)


def main_script(letters: Counter[str]) -> str:
    """The script of most of the letters; "" of none."""
    found: Counter[str] = Counter()
    for letter, number in letters.items():
        script = _script(letter)
        found[script] += number * WEIGHT.get(script, 1)
    return found.most_common(1)[0][0] if found else ""


def _fits(language, letters, known):
    is_known = language in known
    needs_own = language in MARKED and not is_known and letters.total() < SHORT
    strange = NEVER.get(language, "") + ("" if is_known else LOANED.get(language, ""))
    return _lacks(letters, strange) and not (needs_own and _lacks(letters, MARKED[language]))


def _lacks(letters, some):
    return letters.keys().isdisjoint(some)


@lru_cache(maxsize=4096)
def _script(letter):
    first = unicodedata.name(letter, "?").partition(" ")[0]
    return SAME.get(first, first)

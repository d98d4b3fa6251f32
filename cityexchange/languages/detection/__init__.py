"""Which language a text is in: its script first, then whoever wrote it, then how the words look. Where all this is not enough, or the
words look most like a language that is not offered, nobody pretends to know.

py3langid's model is turned once into a file (`making`, `model_cache`); `model` reads it and gives
the library's own answers, in 6 MB instead of 65.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from unicodedata import normalize

from flask import current_app, has_request_context
from flask_babel import get_locale

from cityexchange.core.text import excerpt, may_mention, plain
from cityexchange.languages.choices import UNDETERMINED, WRITTEN, base
from cityexchange.languages.detection.greetings import greets_in
from cityexchange.languages.detection.model import Model
from cityexchange.languages.detection.model_cache import model_file
from cityexchange.languages.detection.others import OTHERS
from cityexchange.languages.detection.scripts import SHORT, possible

SURE = 0.7
"""Probability below which nobody should rely on how the words look ("ok", "Lyon, Tunis")."""
OWN = 10
"""How much likelier a writer's own languages are than those they do not name."""
FIRST = 2
"""How much likelier the first of them is than the others."""
NEAR = 4
"""How much likelier by its words another language may be where the writer's own is believed all the same."""
MEANT = 0.3
"""Probability from which another language is more than one among many."""
TOLD_APART = [*WRITTEN, *OTHERS]
ENOUGH = 2_000
"""Characters looked at: more do not change the answer."""
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[@#＠＃﹫﹟][\w-]+|[\d_]+")


@cache
def _model() -> Model:
    return Model(model_file(Path(current_app.config["DATA_FOLDER"]), TOLD_APART))


def warm_up() -> None:
    """Opens the model, and makes it where there is none (about two seconds), before the first writer has to wait for it."""
    _model()


def detect(
    text: str, languages: Sequence[str] = (), html: str | None = None, is_unsigned: bool = False
) -> str:
    """The ISO 639-1 code of a Markdown text's language; UNDETERMINED where nothing is sure.

    `languages`: what its writer knows; the language of the page it is written on is one of them, unless nobody may learn from the answer
    who wrote it (`is_unsigned`).
    `html`: what `render` has made of it, where that is at hand: rendering once more is a tenth of a chat message's CPU.
    """
    words = normalize("NFC", _NOT_WORDS.sub(" ", _words(text, html)).strip())
    known = _bases(languages if is_unsigned else [*_of_the_page(), *languages])
    found = possible(words, known)
    own = [one for one in known if one in found]
    return greets_in(words, own) or _likeliest(words, sorted(found), own)


def _of_the_page():
    return [str(get_locale())] if has_request_context() else []


def _bases(languages):
    return list(dict.fromkeys(base(one) for one in languages if one))


def _likeliest(words, found, own):
    shares = _model().shares(words) if found else {}
    is_short = sum(map(str.isalpha, words)) < SHORT
    told = found[0] if len(found) == 1 else _likeliest_of_ours(shares, found, own, is_short)
    return UNDETERMINED if _is_another(shares, told, own, is_short) else told


def _likeliest_of_ours(shares, found, own, is_short):
    weights = {one: shares.get(one, 0) * (OWN if one in own else 1) for one in found}
    best = max(found, key=weights.__getitem__, default=UNDETERMINED)
    others = 0 if is_short else sum(shares.get(one, 0) for one in OTHERS)
    is_sure = best != UNDETERMINED and weights[best] > SURE * (sum(weights.values()) + others)
    return best if is_sure else _likeliest_of_own(shares, found, own)


def _likeliest_of_own(shares, found, own):
    """What somebody writes whose words alone do not tell; their first language is the one they work in."""
    weights = {one: shares.get(one, 0) * (1 if turn else FIRST) for turn, one in enumerate(own)}
    best = max(own, key=weights.__getitem__, default=UNDETERMINED)
    is_sure = len(own) == 1 or (own and weights[best] > SURE * sum(weights.values()))
    is_near = own and NEAR * shares.get(best, 0) >= max(shares.get(one, 0) for one in found)
    return best if is_sure and is_near else UNDETERMINED


def _is_another(shares, told, own, is_short):
    """Whether they look more like a language that is not offered. Of a few words that has to be sure, and the writer's own is believed."""
    another = max((shares.get(one, 0) for one in OTHERS), default=0)
    ours = shares.get(told, 0) * (NEAR if is_short and told in own else 1)
    return another > (SURE if is_short else MEANT) and another > ours


def _words(text, html):
    """Names that a text calls are shown spelled out; they are no words of its language."""
    if html is None or may_mention(text):
        return plain(text[:ENOUGH])
    return excerpt(html)[:ENOUGH]

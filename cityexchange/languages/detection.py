"""Which language a text is in, as far as its words tell."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cityexchange.core.i18n import WRITTEN
from cityexchange.core.text import excerpt, plain

SURE = 0.7
"""Probability below which the writer's own language is the better guess ("ok", "merci", "Lyon, Tunis")."""
ENOUGH = 2_000
"""Characters looked at: more do not change the answer."""
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[@#][\w-]+|[\d_]+")


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in WRITTEN if code in identifier.labels])
    # It keeps the table of all its languages beside ours, only to widen the choice again: 28 MB for nothing.
    identifier._full_model = identifier.nb_ptc, identifier.nb_pc, identifier.nb_classes
    return identifier


def warm_up() -> None:
    """Loads the model (half a second of CPU, about 55 MB: 39 of them its automaton) before the first writer has to wait for it."""
    _identifier()


def detect(text: str, fallback: str = "en", html: str | None = None) -> str:
    """The ISO 639-1 code of a Markdown text's language, or `fallback` where the words do not say.

    `html`: what `render` has made of it, where that is at hand: rendering once more is a tenth of a chat message's CPU.
    """
    words = _NOT_WORDS.sub(" ", _words(text, html)).strip()
    if not any(letter.isalpha() for letter in words):
        return fallback
    language, certainty = _identifier().classify(words)
    return language if certainty >= SURE else fallback


def _words(text, html):
    """Names that a text calls are shown spelled out; they are no words of its language."""
    if html is None or "@" in text or "#" in text:
        return plain(text[:ENOUGH])
    return excerpt(html)[:ENOUGH]

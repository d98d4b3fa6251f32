"""Which language a text is in, as far as its words tell.

py3langid's model is turned once into a file (`making`, `keeping`); `model` reads it and gives
the library's own answers, in 6 MB instead of 65.
"""

import re
from functools import cache
from pathlib import Path

from flask import current_app

from cityexchange.core.text import excerpt, plain
from cityexchange.languages.choices import WRITTEN
from cityexchange.languages.detection.keeping import prepared
from cityexchange.languages.detection.model import Model

SURE = 0.7
"""Probability below which the writer's own language is the better guess ("ok", "merci", "Lyon, Tunis")."""
ENOUGH = 2_000
"""Characters looked at: more do not change the answer."""
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[@#][\w-]+|[\d_]+")


@cache
def _model() -> Model:
    return Model(prepared(Path(current_app.config["DATA_FOLDER"]), WRITTEN))


def warm_up() -> None:
    """Opens the model, and makes it where there is none (about two seconds), before the first writer has to wait for it."""
    _model()


def detect(text: str, fallback: str = "en", html: str | None = None) -> str:
    """The ISO 639-1 code of a Markdown text's language, or `fallback` where the words do not say.

    `html`: what `render` has made of it, where that is at hand: rendering once more is a tenth of a chat message's CPU.
    """
    words = _NOT_WORDS.sub(" ", _words(text, html)).strip()
    if not any(letter.isalpha() for letter in words):
        return fallback
    language, certainty = _model().classify(words)
    return language if certainty >= SURE else fallback


def _words(text, html):
    """Names that a text calls are shown spelled out; they are no words of its language."""
    if html is None or "@" in text or "#" in text:
        return plain(text[:ENOUGH])
    return excerpt(html)[:ENOUGH]

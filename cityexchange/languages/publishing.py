"""A colleague's translation of one field, or of many at once, taken from whichever form it was written in."""

from typing import Any

from flask_babel import ngettext

from cityexchange.core.web import authorize, me
from cityexchange.languages.limits import TRANSLATIONS
from cityexchange.languages.models import Translation, translate
from cityexchange.languages.sitting import Text


def publish(original: Any, field: str, language: str, text: str) -> Translation:
    """Forbidden where somebody else's present words stand there."""
    there = Translation.of(original, field, language)
    authorize("create", there)
    return translate(original, field, language, text, there.origin_by_hand, me())


def publish_all(written: list[tuple[Text, str]]) -> int:
    """How many. A sitting may hold more texts than a member may write one by one in that time: ten of them count as one."""
    for _ten in range(0, len(written), 10):
        TRANSLATIONS.spend(me().id)
    for text, words in written:
        publish(text.record, text.field, text.language, words)
    return len(written)


def thanks_for(count: int) -> str:
    return ngettext(
        "Thank you. %(num)s text can be read in this language now.",
        "Thank you. %(num)s texts can be read in this language now.",
        count,
    )

"""Signs that nobody sees: whoever writes nothing else has written nothing."""

import re
import unicodedata

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's Default_Ignorable_Code_Point, some of which count as letters, and two signs that are drawn as a blank."""
UNSEEN_KINDS = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def is_unseen(sign: str) -> bool:
    return UNSEEN.match(sign) is not None or unicodedata.category(sign) in UNSEEN_KINDS


def says_nothing(text: str) -> bool:
    """Blanks, fillers, zero-width signs and the blank of Braille, alone or together."""
    return all(sign.isspace() or is_unseen(sign) for sign in text)

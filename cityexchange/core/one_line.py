"""What stands on one line: a name, a title. In one spelling, each sign of it seen, whatever door it comes through."""

import unicodedata

from cityexchange.core.unseen import first_unseen, without_unseen_ends


class UnseenWithin(ValueError):
    """`before` is what stands before the sign that nobody sees."""

    def __init__(self, before: str):
        super().__init__(before)
        self.before = before


def line_of(text: str) -> str:
    """As it was meant: what came along at its ends when it was copied is gone. UnseenWithin where a sign within it is not seen."""
    line = unicodedata.normalize("NFC", without_unseen_ends(text))
    if (at := first_unseen(line)) is not None:
        raise UnseenWithin(line[:at])
    return line


def is_line(text: str) -> bool:
    return first_unseen(without_unseen_ends(text)) is None

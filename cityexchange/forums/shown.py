"""One post of a page of a topic, as its template sees it."""

from typing import Any

from markupsafe import Markup

from cityexchange.core.reader import Reader
from cityexchange.languages.reading import Reading


class ShownPost:
    """A row of a page, as its policy wants to see a post, with what this reader may do with it."""

    __slots__ = (
        *("row", "topic", "author_id", "is_opening", "is_removed", "reading"),
        *("fragment", "is_answer", "is_foreign", "asks_language", "may_edit", "may_remove", "may_mark"),
    )

    def __init__(self, row, topic, reader: Reader):
        self.row, self.topic, self.author_id = row, topic, reader.id if row.is_own else None
        self.is_opening, self.is_removed = row.position == 1, row.removed_at is not None
        self.is_answer = row.id == answer_of(topic)
        self.fragment: Markup | None = None
        self.is_foreign = self.asks_language = self.may_edit = self.may_remove = self.may_mark = False
        self.reading: Reading | None = None


def answer_of(topic: Any) -> int | None:
    return topic.answer.post_id if topic.answer else None

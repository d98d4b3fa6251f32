"""What a member answered of late with one press, and asked to be reminded of: to be looked at and taken back."""

from typing import Any, NamedTuple

from sqlalchemy import literal

from cityexchange.core.db import at_most, rows
from cityexchange.core.policy import visible_to
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader, Reader
from cityexchange.digest.models import DigestAnswer, DigestReminder
from cityexchange.forums.models import Topic
from cityexchange.languages.reading import Reading, best_readings, reader_languages

FEW = 7


class Given(NamedTuple):
    topic_id: int
    title: Reading
    answer: str


def given_by(reader: OneReader) -> list[Given]:
    """The newest first, of topics that the member still sees."""
    found = rows(_given(reader), reader.bind_values).all()
    titles = best_readings(reader_languages(), found, ("title",))
    return [Given(row.id, titles["Topic", row.id, "title"], row.answer) for row in found]


@prepared
def _given(reader: Reader) -> Any:
    mine = visible_to(reader, Topic).join(DigestAnswer, DigestAnswer.topic_id == Topic.id)
    mine = mine.where(DigestAnswer.member_id == reader.id)
    columns = (
        literal("Topic").label("record_type"),
        Topic.id,
        Topic.title,
        Topic.language,
        DigestAnswer.answer,
    )
    return mine.with_only_columns(*columns).order_by(DigestAnswer.id.desc()).limit(at_most(FEW))


def reminded_of(reader: OneReader) -> set[tuple[str, int]]:
    """(type, number) of what they asked to be reminded of, and were not yet."""
    return {(row.record_type, row.record_id) for row in rows(_reminded(reader), reader.bind_values)}


@prepared
def _reminded(reader: Reader) -> Any:
    mine = visible_to(reader, DigestReminder)
    return mine.with_only_columns(DigestReminder.record_type, DigestReminder.record_id)

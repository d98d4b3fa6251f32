"""A page translated as a whole, in one sitting: a record's own texts and those of its parts (a workshop with its programme and objectives)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from flask import url_for

from cityexchange.core.db import db
from cityexchange.core.policy import visible_to
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry
from cityexchange.languages.labels import field_words
from cityexchange.languages.originals import filled_fields, parts_of
from cityexchange.languages.sitting import Named, Text, texts_of

part_words = Registry(
    "what people call a part of a page: f(part, its number among those of its kind), by type"
)


class Whole(NamedTuple):
    record: Any
    language: str
    texts: list[Text]

    @property
    def left(self) -> int:
        return sum(text.is_left for text in self.texts)

    @property
    def names(self) -> dict[str, Any]:
        """Of the address."""
        return {"record_type": type(self.record).__name__, "id": self.record.id, "language": self.language}


def page_into(record_type: str, id: int, language: str) -> str:
    return url_for("languages.edit_whole", record_type=record_type, id=id, language=language)


def whole_of(record: Any, reader: OneReader, language: str) -> Whole:
    """Of a record that the reader has been found to see."""
    return Whole(record, language, texts_of(reader, _named(record, reader), language))


def _named(record, reader: OneReader) -> Iterator[Named]:
    for field in filled_fields(record):
        yield field, str(field_words[field]), record, field
    numbers: dict[str, int] = defaultdict(int)
    for part in _seen(parts_of(record), reader):
        kind = type(part).__name__
        numbers[kind] += 1
        for field in filled_fields(part):
            yield f"{kind}-{part.id}-{field}", _called(part, field, numbers[kind]), part, field


def _called(part, field, number):
    words = part_words.get(type(part).__name__)
    return str(words(part, number) if words else field_words[field])


def _seen(parts, reader: OneReader):
    """In their order, one question for each kind."""
    ids = defaultdict(set)
    for part in parts:
        ids[type(part)].add(part.id)
    seen = {
        (model, id)
        for model, those in ids.items()
        for id in db.session.scalars(
            visible_to(reader, model).with_only_columns(model.id).where(model.id.in_(those)),
            reader.bind_values,
        )
    }
    return [part for part in parts if (type(part), part.id) in seen]

"""Texts that wait for a reader of one language: those that somebody asked for, as far as the reader knows both languages and sees them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from cityexchange.core.db import at_most, db
from cityexchange.core.listing import Stretch, stretch_of
from cityexchange.core.policy import can, visible_to
from cityexchange.core.reader import OneReader
from cityexchange.core.registries import Registry
from cityexchange.languages.asks import TranslationAsk
from cityexchange.languages.choices import base, languages_of
from cityexchange.languages.originals import fields_of, translatable
from cityexchange.languages.reading import Reading, best_readings, reader_languages

LINES, FEW = 20, 3
KEY = ("record_type", "record_id", "language")
FIRST_LOOKED_AT = 20
"""Of all that waits, where only a few are shown: some of it the reader does not see."""
translated_at = Registry(
    "where a record is translated, if it has a page of its own for it: f(id, language) by its type"
)


@dataclass(frozen=True)
class Line:
    ask: TranslationAsk
    record: Any
    words: Reading
    count: int
    """How many wait for it."""

    @property
    def address(self) -> str:
        kind, id, language = self.ask.record_type, self.ask.record_id, self.ask.language
        if own := translated_at.get(kind):
            return own(id, language)
        return url_for("languages.new_translation", record_type=kind, id=id, language=language)


def languages_known(reader: OneReader) -> list[str]:
    return list(dict.fromkeys(base(language) for language in languages_of(reader)))


def page_of(reader: OneReader, into: list[str]) -> tuple[list[Line], Stretch]:
    """The newest first."""
    waiting = _waiting(visible_to(reader, TranslationAsk), reader, into)
    stretch = stretch_of(waiting, (TranslationAsk.id.desc(),), LINES)
    return lines_of(reader, [ask for (ask,) in stretch.rows]), stretch


def few_of(reader: OneReader) -> list[Line]:
    """For a page of many things: where nothing waits it costs one small statement."""
    known = languages_known(reader)
    if len(known) < 2:
        return []
    newest = _waiting(select(TranslationAsk), reader, known).order_by(TranslationAsk.id.desc())
    return lines_of(reader, db.session.scalars(newest.limit(at_most(FIRST_LOOKED_AT))).all())[:FEW]


def _waiting(asks: Select[Any], reader: OneReader, into: list[str]) -> Select[Any]:
    """Each text once, under the first who asked; what the reader asks for waits for others."""
    other = aliased(TranslationAsk)
    same = (getattr(other, name) == getattr(TranslationAsk, name) for name in KEY)
    goes_before = or_(other.id < TranslationAsk.id, other.member_id == reader.id)
    before = select(other.id).where(*same, goes_before).correlate(TranslationAsk)
    pair = TranslationAsk.language.in_(into), TranslationAsk.source.in_(languages_known(reader))
    return asks.where(*pair, ~before.exists())


def lines_of(reader: OneReader, asks: Collection[TranslationAsk]) -> list[Line]:
    records, counts = (
        _records(reader, asks),
        _counts(asks),
    )  # kept until the end: the policy finds them in the session
    words = _words(records)
    return [
        Line(ask, records[key], words[key], counts[_key(ask)])
        for ask in asks
        if (key := (ask.record_type, ask.record_id)) in words and can(reader, "read", ask)
    ]


def _records(reader: OneReader, asks):
    ids = defaultdict(set)
    for ask in asks:
        ids[ask.record_type].add(ask.record_id)
    found = {}
    for name, those in ids.items():
        model: Any = translatable().get(name)
        if model is not None:
            seen = db.session.scalars(
                visible_to(reader, model).where(model.id.in_(those)), reader.bind_values
            )
            found |= {(name, one.id): one for one in seen.unique()}
    return found


def _words(records):
    """What stands first in each, in one question for all."""
    first = {name: fields_of(translatable()[name])[0] for name, _id in records}
    readings = best_readings(reader_languages(), records.values(), set(first.values()))
    return {(name, id): readings[name, id, first[name]] for name, id in records}


def _counts(asks):
    of_these = TranslationAsk.record_id.in_({ask.record_id for ask in asks})
    key = [getattr(TranslationAsk, name) for name in KEY]
    counted = select(*key, func.count()).where(of_these).group_by(*key) if asks else None
    return {tuple(key): count for *key, count in db.session.execute(counted)} if counted is not None else {}


def _key(ask):
    return tuple(getattr(ask, name) for name in KEY)

"""Texts that wait for a reader of one language: those that somebody asked for, as far as the reader knows both languages and sees them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, select

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
FIRST_LOOKED_AT = 20
"""Of all that waits, where only a few are shown: some of it the reader does not see."""
translated_at = Registry(
    "where a record is translated, if it has a page of its own for it: f(id, language) by its type"
)


@dataclass(frozen=True)
class Line:
    ask: TranslationAsk
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
    first = select(func.min(TranslationAsk.id)).group_by(
        TranslationAsk.record_type, TranslationAsk.record_id, TranslationAsk.language
    )
    pair = TranslationAsk.language.in_(into), TranslationAsk.source.in_(languages_known(reader))
    return asks.where(*pair, TranslationAsk.member_id != reader.id, TranslationAsk.id.in_(first))


def lines_of(reader: OneReader, asks: Collection[TranslationAsk]) -> list[Line]:
    records, counts = _records(reader, asks), _counts(asks)
    words = _words_of(records)
    return [
        Line(ask, words[ask.record_type, ask.record_id], counts[_key(ask)])
        for ask in asks
        if (ask.record_type, ask.record_id) in words and can(reader, "read", ask)
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


def _words_of(records):
    """Of each the first of its texts, in one question for all."""
    firsts = {key: fields_of(type(record))[0] for key, record in records.items()}
    readings = best_readings(reader_languages(), records.values(), {*firsts.values()})
    return {key: readings[*key, field] for key, field in firsts.items()}


def _counts(asks):
    of_these = TranslationAsk.record_id.in_({ask.record_id for ask in asks})
    key = TranslationAsk.record_type, TranslationAsk.record_id, TranslationAsk.language
    counted = select(*key, func.count()).where(of_these).group_by(*key) if asks else None
    return {tuple(key): count for *key, count in db.session.execute(counted)} if counted is not None else {}


def _key(ask):
    return ask.record_type, ask.record_id, ask.language

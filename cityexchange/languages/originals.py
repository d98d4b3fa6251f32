"""What can be translated: every model that declares `translated_fields` and has a policy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, or_, select

from cityexchange.core.db import db
from cityexchange.core.policy import policies
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.models import Translatable, Translation


def translatable() -> dict[str, type]:
    """Models by class name, which is also their word in addresses and in `Translation.record_type`."""
    return {model.__name__: model for model in policies() if model is not Translation and fields_of(model)}


def fields_of(model: type) -> tuple[str, ...]:
    return model.translated_fields if issubclass(model, Translatable) else ()


def filled_fields(record: Any) -> list[str]:
    """Its fields that hold words: nobody translates what is not there."""
    return [field for field in fields_of(type(record)) if (getattr(record, field) or "").strip()]


def parts_of(record: Any) -> list[Any]:
    """The records that are read on its page and translated each for itself."""
    rows = [row for path in type(record).translated_parts for row in attrgetter(path)(record)]
    return [row for row in rows if filled_fields(row)]


def wholes_of(record: Any) -> Iterator[Any]:
    """The record itself, and those on whose pages it is read."""
    while record is not None:
        if type(record).__name__ in translatable():
            yield record
        name = getattr(type(record), "read_with", "") or getattr(type(record), "part_of", "")
        record = getattr(record, name, None) if name else None


def is_readable(record: Any, language: str) -> bool:
    """Whether all that is read on its page is in this language, or in a present translation into it."""
    records = [record, *parts_of(record), *record.records_below()]
    foreign = [one for one in records if base(one.language) not in (base(language), UNDETERMINED)]
    found = translations_into(language, foreign) if foreign else {}
    return all(_is_current(found, one, field) for one in foreign for field in filled_fields(one))


def _is_current(found, record, field):
    there = found.get((type(record).__name__, record.id, field))
    return there is not None and there.is_of(getattr(record, field))


def translations_into(language: str, records: Iterable[Any]) -> dict[tuple[str, int, str], Translation]:
    """{(class name, id, field): Translation}, in one query."""
    ids = defaultdict(set)
    for record in records:
        ids[type(record).__name__].add(record.id)
    of_these = or_(
        *(and_(Translation.record_type == t, Translation.record_id.in_(i)) for t, i in ids.items())
    )
    found = db.session.scalars(select(Translation).where(Translation.language == language, of_these))
    return {(one.record_type, one.record_id, one.field): one for one in found}


def blank_of(record: Any) -> Translation:
    """A translation that nobody has written yet: what the policy is asked about the original."""
    return Translation(record_type=type(record).__name__, record_id=record.id)


def original_of(row: Any) -> Any | None:
    """The record that a translation translates, or somebody asks to be translated; None when that is gone."""
    model = translatable().get(row.record_type)
    return db.session.get(model, row.record_id) if model else None

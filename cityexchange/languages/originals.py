"""What can be translated: every model that declares `translated_fields` and has a policy."""

from operator import attrgetter
from typing import Any

from cityexchange.core.db import db
from cityexchange.core.policy import policies
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


def blank_of(record: Any) -> Translation:
    """A translation that nobody has written yet: what the policy is asked about the original."""
    return Translation(record_type=type(record).__name__, record_id=record.id)


def original_of(translation: Translation) -> Any | None:
    """The record it translates, or None when that is gone."""
    model = translatable().get(translation.record_type)
    return db.session.get(model, translation.record_id) if model else None

"""What can be translated: every model that says the language of a title or a text and has a policy."""

from typing import Any

from sqlalchemy import inspect

from cityexchange.core.db import db
from cityexchange.core.policy import policies
from cityexchange.languages.models import Translation

FIELDS = ("title", "text")


def translatable() -> dict[str, type]:
    """Models by class name, which is also their word in addresses and in `Translation.record_type`."""
    return {model.__name__: model for model in policies() if model is not Translation and fields_of(model)}


def fields_of(model: type) -> list[str]:
    """["title", "text"], as far as the model has them; nothing where the language of its texts is not kept."""
    columns = inspect(model).columns
    return [field for field in FIELDS if field in columns] if "language" in columns else []


def original_of(translation: Translation) -> Any | None:
    """The record it translates, or None when that is gone."""
    model = translatable().get(translation.record_type)
    return db.session.get(model, translation.record_id) if model else None

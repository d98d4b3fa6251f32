"""Translations of UI names: few, on every page, rarely changed. So they are kept in memory, and a page asks only for their version."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import g, has_request_context
from sqlalchemy import ColumnElement, Select, select

from cityexchange.core.db import among, db
from cityexchange.core.prepared import prepared
from cityexchange.core.transactions import has_changed
from cityexchange.core.versions import table_version
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import translatable

KEPT = (
    Translation.text,
    Translation.language,
    Translation.origin,
    Translation.source_digest,
    Translation.thanks,
)
UiNames = Mapping[tuple[str, int, str], Sequence["KeptTranslation"]]
_kept: dict[Any, UiNames] = {}
"""The newest version alone."""


class KeptTranslation(NamedTuple):
    """What a reading asks of a `Translation`, without its session."""

    text: str
    language: str
    origin: str
    source_digest: str
    thanks: int
    html: str | None = None
    """Of texts; names have none."""
    is_half: bool | None = False

    def is_of(self, source: str) -> bool:
        return self.source_digest == digest(source)


def kept_translations() -> UiNames:
    """Of all UI names, as they are now: one small query, at most once for a page."""
    if not has_request_context():
        return _of_version()
    if "ui_names" not in g:
        g.ui_names = _of_version()
    return g.ui_names


def _of_version():
    if has_changed():
        return _read()
    version = db.session.scalar(_version())
    if version not in _kept:
        found = _read()
        _kept.clear()
        _kept[version] = found
        return found
    return _kept[version]


def _read() -> UiNames:
    found = defaultdict(list)
    for type_, id, field, *kept in db.session.execute(_translations()):
        found[type_, id, field].append(KeptTranslation(*kept))
    return dict(found)


@prepared
def _version() -> Select[Any]:
    return select(version_of_ui_names())


@prepared
def _translations() -> Select[Any]:
    columns = Translation.record_type, Translation.record_id, Translation.field
    return select(*columns, *KEPT).where(_is_of_ui_name())


@prepared
def version_of_ui_names() -> ColumnElement[str]:
    """A column to select beside others: it differs whenever a translation of a UI name does."""
    return table_version(Translation, _is_of_ui_name())


def _is_of_ui_name():
    names = [name for name, model in translatable().items() if model.is_ui_name]
    return among(Translation.record_type, names)

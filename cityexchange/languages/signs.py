"""Translations of signs: few, on every page, rarely changed. So they are kept in memory, and a page asks only for their version."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import g, has_request_context
from sqlalchemy import ColumnElement, Select, select

from cityexchange.core.db import among, db, has_changed
from cityexchange.core.prepared import prepared
from cityexchange.core.versions import table_version
from cityexchange.languages.models import Translation, digest
from cityexchange.languages.originals import translatable

Signs = Mapping[tuple[str, int, str], Sequence["KeptTranslation"]]
_kept: dict[Any, Signs] = {}
"""The newest version alone."""


class KeptTranslation(NamedTuple):
    """What a reading asks of a `Translation`, without its session."""

    text: str
    language: str
    origin: str
    source_digest: str

    def is_of(self, source: str) -> bool:
        return self.source_digest == digest(source)


def kept_translations() -> Signs:
    """Of all signs, as they are now: one small query, at most once for a page."""
    if not has_request_context():
        return _of_version()
    if "signs" not in g:
        g.signs = _of_version()
    return g.signs


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


def _read() -> Signs:
    found = defaultdict(list)
    for type_, id, field, *kept in db.session.execute(_translations()):
        found[type_, id, field].append(KeptTranslation(*kept))
    return dict(found)


@prepared
def _version() -> Select[Any]:
    return select(version_of_signs())


@prepared
def _translations() -> Select[Any]:
    columns = Translation.record_type, Translation.record_id, Translation.field
    kept = Translation.text, Translation.language, Translation.origin, Translation.source_digest
    return select(*columns, *kept).where(_is_of_a_sign())


@prepared
def version_of_signs() -> ColumnElement[str]:
    """A column to select beside others: it differs whenever a translation of a sign does."""
    return table_version(Translation, _is_of_a_sign())


def _is_of_a_sign():
    signs = [name for name, model in translatable().items() if model.is_sign]
    return among(Translation.record_type, signs)

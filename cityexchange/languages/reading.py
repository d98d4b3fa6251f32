"""Which language version of a text a reader is shown: one query for a page of records, however many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import get_locale
from sqlalchemy import Select, and_, bindparam, or_, select

from cityexchange.core.db import constant, rows
from cityexchange.core.prepared import prepared
from cityexchange.core.reader import OneReader
from cityexchange.core.web import me
from cityexchange.languages.beside import is_half_read
from cityexchange.languages.choices import UNDETERMINED, base
from cityexchange.languages.models import Translation
from cityexchange.languages.ui_names import KEPT, KeptTranslation, kept_translations

Key = tuple[str, int, str]


@dataclass(frozen=True)
class Reading:
    """What one reader is shown of one field. Original and shown text are the same unless `is_translation`.

    `html` is None for a field that is one line of plain text (a title).
    """

    text: str
    html: str | None
    language: str
    original_text: str
    original_html: str | None
    original_language: str
    origin: str | None = None
    is_outdated: bool = False
    thanks: int = 0
    is_half: bool = False
    """Of a translated title: whether something else on its page is not read (beside.py)."""

    @property
    def is_translation(self) -> bool:
        return self.origin is not None


@dataclass(frozen=True)
class UiNameRow:
    """As much of a space, a forum or a room as its name asks for, where a page reads columns."""

    record_type: str
    id: int
    name: str
    language: str
    is_ui_name = True


def reader_languages(reader: OneReader | None = None) -> list[str]:
    """What a reader (unless told, the current one) reads, best first: the language of the page or mail, then
    those a member named, in the order of their settings."""
    who: OneReader | None = reader or me()
    return list(dict.fromkeys([base(str(get_locale())), *(who.languages_read if who else ())]))


def best_readings(
    reader_languages: Sequence[str], records: Iterable[Any], fields: Collection[str] = ("text",)
) -> dict[Key, Reading]:
    """{(class name, id, field): Reading} for records the reader has been found to see, of the `fields` that each has.

    The original counts as a current translation by a person into its own language. Of those that the reader reads: current before
    outdated, people's before machines', then by the reader's order; else the original after all. So a reader of more languages never
    gets a worse reading than one who reads the first of them alone.
    """
    records = list(records)
    languages = [base(language) for language in reader_languages]
    foreign = [record for record in records if _is_foreign(record, languages)]
    translations = _translations(foreign, fields, languages) if foreign and languages else {}
    return {
        (type_of(record), record.id, field): _reading(record, field, translations, languages)
        for record in records
        for field in fields
        if hasattr(record, field)
    }


def best_reading(reader_languages: Sequence[str], record: Any, field: str = "text") -> Reading:
    """As `best_readings`, for one; what was read ahead is at hand."""
    ahead = g.get("readings_ahead", {}).get((*reader_languages,), {})
    if known := ahead.get((type_of(record), record.id, field)):
        return known
    return next(iter(best_readings(reader_languages, [record], (field,)).values()))


def read_ahead(records: Iterable[Any], fields: Collection[str]) -> None:
    """For a page that only reads, whose lines ask one by one (`reading` in a template): asked here at once, of all of them."""
    languages = reader_languages()
    known = g.setdefault("readings_ahead", {}).setdefault((*languages,), {})
    known.update(best_readings(languages, records, fields))


def reading(record: Any, field: str = "text", reader: OneReader | None = None) -> Reading:
    """For templates: {{ name(forum | reading("name")) }}; in a mail, for its `member`."""
    return best_reading(reader_languages(reader), record, field)


def is_unread(reading: Reading) -> bool:
    """For templates: whether the reader is shown words that they do not read; what is too short to tell its language is none."""
    return base(reading.language) not in (UNDETERMINED, *reader_languages())


def suggested_language(original: Any) -> str:
    """To translate into: the first language of the reader that the original is not in, or "" for none."""
    return next((one for one in reader_languages() if one != base(original.language)), "")


def is_ui_name(record: Any) -> bool:
    """Said by its class: to ask a row of columns for what it has not costs more than all the rest."""
    return getattr(type(record), "is_ui_name", False)


def _is_foreign(record, languages):
    """Nothing is read before an original in the first language: who asks for that pays for no question."""
    return base(record.language or "") not in languages[:1]


def type_of(record: Any) -> str:
    """The class name; a row of columns, read instead of a whole record, says it in a column `record_type`."""
    return getattr(record, "record_type", None) or type(record).__name__


def _translations(records, fields, languages):
    found = _of_ui_names([record for record in records if is_ui_name(record)], fields, languages)
    ids = defaultdict(list)
    for record in records:
        if not is_ui_name(record):
            ids[type_of(record)].append(record.id)
    if not ids:
        return found
    asked = {f"{name}_ids": those for name, those in ids.items()}
    asked |= {"fields": list(fields), "languages": languages}
    for kind, id, field, *kept in rows(_of_records(tuple(sorted(ids)), [*fields] == ["title"]), asked):
        one = KeptTranslation(*kept)
        if base(one.language) in languages:
            found[kind, id, field].append(one)
    return found


@prepared
def _of_records(kinds: tuple[str, ...], are_titles: bool) -> Select[Any]:
    """In columns: a page of twenty posts would make as many records of which nobody wants more."""
    of_these = (
        and_(
            Translation.record_type == constant(kind),
            Translation.record_id.in_(bindparam(f"{kind}_ids", expanding=True)),
        )
        for kind in kinds
    )
    is_asked = Translation.field.in_(bindparam("fields", expanding=True))
    key: tuple[Any, ...] = (Translation.record_type, Translation.record_id, Translation.field)
    more = [is_half_read()] if are_titles else []
    return select(*key, *KEPT, Translation.html, *more).where(or_(*of_these), is_asked)


def _of_ui_names(ui_names, fields, languages):
    kept = kept_translations() if ui_names else {}
    found = defaultdict(list)
    for record in ui_names:
        for key in ((type_of(record), record.id, field) for field in fields):
            found[key] = [one for one in kept.get(key, ()) if base(one.language) in languages]
    return found


def _reading(record: Any, field: str, translations, languages) -> Reading:
    source = getattr(record, field)
    html = getattr(record, "html", None) if field == "text" else None
    candidates = translations.get((type_of(record), record.id, field), ())
    best = min(candidates, key=lambda one: _rank(one, source, languages), default=None)
    if best is None or _rank_of_original(record, languages) < _rank(best, source, languages):
        return Reading(source, html, record.language, source, html, record.language)
    shown = best.html if html is not None else None
    words, original = (best.text, shown, best.language), (source, html, record.language)
    return Reading(*words, *original, best.origin, not best.is_of(source), best.thanks, bool(best.is_half))


def _rank_of_original(record, languages):
    """Whoever reads it may read a translation better: into the language of the page."""
    language = base(record.language or "")
    is_read = language in languages
    return (not is_read, not is_read, languages.index(language) if is_read else len(languages))


def _rank(translation, source, languages):
    return (
        not translation.is_of(source),
        translation.origin == "machine",
        languages.index(base(translation.language)),
    )

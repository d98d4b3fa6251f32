"""Offers and applications are written in parts, each a row of its own, so that each can be read in translation."""

from typing import Any


def put(rows: list[Any], row: Any, text: str, language: str | None) -> str | None:
    """Writes `text` into `row` and the row into `rows`; an empty text takes it out. The language, found if not given."""
    if text := text.strip():
        row.write(text, language)
        language = row.language
    if text and row not in rows:
        rows.append(row)
    elif not text and row in rows:
        rows.remove(row)
    return language


def longest_first(texts: dict[str, str]) -> list[str]:
    """The longest text tells its language best; the short ones follow it."""
    return sorted(texts, key=lambda part: -len(texts[part]))

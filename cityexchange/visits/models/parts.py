"""Offers and applications are written in parts, each a row of its own, so that each can be read in translation."""

from collections.abc import Sequence
from typing import Any

from cityexchange.languages.detection import detect


def language_of(texts: list[str], stated: str | None, languages: Sequence[str]) -> str:
    """The stated language, else what all the parts together say: a short part alone tells too little."""
    return stated or detect("\n\n".join(text for text in texts if text.strip()), languages)


def put(rows: list[Any], row: Any, text: str, language: str) -> None:
    """Writes `text` into `row` and the row into `rows`; an empty text takes it out."""
    if text := text.strip():
        row.write(text, language)
    if text and row not in rows:
        rows.append(row)
    elif not text and row in rows:
        rows.remove(row)

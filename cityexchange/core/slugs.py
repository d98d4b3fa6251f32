"""The last part of an address or the word behind an @, made of a name."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from cityexchange.core.db import db


def slug_of(name: str, otherwise: str, longest: int = 70) -> str:
    """Latin letters, digits and hyphens; `otherwise` where the name has none (other scripts)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-") or otherwise


def free(column: Any, stem: str, kept_free: Iterable[str] = ()) -> str:
    """The stem, with a number where another row of the column has it, or a page of ours has the address."""
    taken = set(db.session.scalars(select(column).where(column.startswith(stem)))) | set(kept_free)
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)

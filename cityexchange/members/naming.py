"""Handles: what stands behind the @ when a member is mentioned."""

import re
import unicodedata

from sqlalchemy import select

from cityexchange.core.db import db
from cityexchange.members.models import Member


def handle_of(name: str) -> str:
    """Latin letters, digits and hyphens; "member" where the name has none (other scripts)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "member"


def free_handle(name: str) -> str:
    """The handle of a name, with a number where somebody else has it."""
    stem = handle_of(name)
    taken = set(db.session.scalars(select(Member.handle).where(Member.handle.startswith(stem))))
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return stem if stem not in taken else next(handle for handle in numbered if handle not in taken)

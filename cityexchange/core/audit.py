"""Who changed which right, and who was refused: rows for people who answer for the system.

No personal data beyond ids: an entry must be able to outlive the account it speaks of.
"""

import re
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from sqlalchemy import JSON, ForeignKey, String  # noqa: F401
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, utcnow

KEY = re.compile(r"[A-Za-z0-9_.:-]{0,64}")


class AuditEntry(db.Model):
    """One act or refusal. `actor_id` is no foreign key: entries survive accounts."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    verb: Mapped[str] = mapped_column(String(64))
    record_type: Mapped[str | None] = mapped_column(String(64))
    record_id: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(16))
    status: Mapped[int | None]
    request_id: Mapped[str | None] = mapped_column(String(36))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(
    verb: str,
    subject: Any = None,
    *,
    outcome: str = "done",
    actor_id: int | None = None,
    status: int | None = None,
    **facts: Any,
) -> AuditEntry:
    """Adds an entry to this unit of work. `facts` are keys, ids and numbers; ValueError for what could be a text that somebody typed."""
    if texts := [name for name, fact in facts.items() if isinstance(fact, str) and not KEY.fullmatch(fact)]:
        raise ValueError(f"no texts in the audit: {', '.join(texts)}")
    entry = AuditEntry(
        verb=verb,
        record_type=type(subject).__name__ if subject is not None else None,
        record_id=getattr(subject, "id", None),
        outcome=outcome,
        actor_id=actor_id,
        status=status,
        request_id=g.get("request_id") if has_request_context() else None,
        facts=facts,
    )
    db.session.add(entry)
    return entry

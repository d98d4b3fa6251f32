"""Who changed which right, and who was refused: rows for people who answer for the system.

No personal data beyond ids: an entry must be able to outlive the account it speaks of. Verbs that change a right record it
themselves, so that commands, sweeps and receivers are covered as views are; `core/rights.py` insists on it in tests.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from flask import g, has_request_context
from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, String  # noqa: F401
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, utcnow

KEY = re.compile(r"[A-Za-z0-9_.:-]{0,64}")
_actor_id: ContextVar[int | None] = ContextVar("actor_id", default=None)


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
    """Adds an entry to this unit of work. `facts` are keys, ids and numbers; ValueError for what could be a text that somebody typed.

    What is done, unless `actor_id` says by whom, is done by whoever is `acting` or signed in; by nobody where a command or the clock does it.
    """
    if texts := [name for name, fact in facts.items() if not _is_of_keys(fact)]:
        raise ValueError(f"no texts in the audit: {', '.join(texts)}")
    entry = AuditEntry(
        verb=verb,
        record_type=type(subject).__name__ if subject is not None else None,
        record_id=_number_of(subject),
        outcome=outcome,
        actor_id=_who_does_it() if outcome == "done" and actor_id is None else actor_id,
        status=status,
        request_id=g.get("request_id") if has_request_context() else None,
        facts=facts,
    )
    db.session.add(entry)
    return entry


def _is_of_keys(fact: Any) -> bool:
    """Whatever lies in it as well."""
    if isinstance(fact, dict):
        return all(_is_of_keys(one) for pair in fact.items() for one in pair)
    if isinstance(fact, list | tuple | set):
        return all(_is_of_keys(one) for one in fact)
    return KEY.fullmatch(fact) is not None if isinstance(fact, str) else True


@contextmanager
def acting(actor_id: int | None) -> Iterator[None]:
    """What is done inside is done by somebody who has proven who they are, and is not signed in yet."""
    token = _actor_id.set(actor_id)
    try:
        yield
    finally:
        _actor_id.reset(token)


def _who_does_it():
    return _actor_id.get() or (current_user.id if has_request_context() else None)


def _number_of(subject):
    """Of a new record too: an entry that names none tells nothing."""
    if isinstance(subject, db.Model) and getattr(subject, "id", None) is None:
        db.session.flush()
    return getattr(subject, "id", None)

"""What a form makes is made once: a second press, a reload, words that were kept and sent again are led to what the first one made.

    @bp.post("/workshops/new")
    @once
    def create_workshop(): ...

The form has a `nonce_field()`. The press is remembered in the unit of work that makes the record: undone with it, and waited
for by a press that comes meanwhile. The same nonce with other words is no second press, but something new.

    @partial(once, hands="join_request")

Where the browser itself is to know the record, `session["join_request"]` holds its number after the second press too.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Flask, Response, g, make_response, redirect, request, session
from flask_login import current_user
from sqlalchemy import String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, utcnow
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.statements import execute, insert_once

NONCE = "nonce"
MARKS = {NONCE, "csrf_token", "typed", "draft"}
"""Of a form, what is not words."""
A_DAY = timedelta(days=1)


class Press(db.Model):
    """`key` names neither a member nor a word; `location` is where the first press led, `handed` the number that it gave the browser."""

    __tablename__ = "presses"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    location: Mapped[str] = mapped_column(Text, default="")
    handed: Mapped[int | None]
    pressed_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)


def once(view: Callable[..., Any], hands: str = "") -> Callable[..., Any]:
    """Marks a view that makes something. `hands`: under which name it gives the browser the record's number."""

    @wraps(view)
    def take_once(**names: Any) -> Any:
        if not (key := press_key()):
            return view(**names)
        press = Press(key=key)
        if not insert_once(press, "key"):
            return _lead_to_the_first(key, hands)
        return _remember(press, make_response(view(**names)), session.get(hands))

    take_once.is_once = True  # type: ignore[attr-defined]
    return take_once


def press_key() -> str | None:
    """What this press and a second one have in common: whose it is, its nonce and its words. None for a form without a nonce."""
    if not request.form.get(NONCE):
        return None
    words = sorted(field for field in request.form.items(multi=True) if field[0] not in MARKS)
    said = [getattr(current_user, "id", None), request.full_path, request.form[NONCE], words]
    return sha256(json.dumps(said).encode()).hexdigest()


def _lead_to_the_first(key, hands):
    g.authorized = True  # the first press was asked for its right
    location, handed = db.session.execute(select(Press.location, Press.handed).filter_by(key=key)).one()
    if handed is not None:
        # Whoever knows the nonce and each word, the password too, is who pressed first.
        session[hands] = handed
    return redirect(location, 303)


def _remember(press: Press, response: Response, handed: int | None) -> Response:
    """What made nothing may be pressed again: an answer that says no is undone anyway, one that only looked is forgotten here."""
    if 300 <= response.status_code < 400:
        led = {"location": response.location, "handed": handed}
        execute(update(Press).where(Press.id == press.id).values(led), {}, of=press)
    elif response.status_code < 300:
        execute(delete(Press).where(Press.id == press.id), {}, of=press)
    return response


def forget_old_presses() -> None:
    execute(delete(Press).where(Press.pressed_at < utcnow() - A_DAY), {})


def init_app(app: Flask) -> None:
    sweeps.add("presses", Sweep(forget_old_presses, every=3600))

"""The token of a form says whose page it stood on: signed, and worth nothing in another sign-in."""

from secrets import token_hex

from flask import current_app, session
from itsdangerous import BadSignature

from cityexchange.core.signing import Serializer

FIELD = "csrf_token"
SALT = "wtf-csrf-token"
"""As Flask-WTF names them."""


def begin_tokens(owner: object) -> None:
    """From here on the tokens of this sign-in are the owner's."""
    session[FIELD] = f"{owner}.{token_hex(20)}"


def owner_here() -> str | None:
    """Whose sign-in this browser's cookie tells of, living or not."""
    owner, dot, _ = str(session.get(FIELD, "")).partition(".")
    return owner if dot else None


def owner_of(token: str) -> str | None:
    """Whose form it was, or None where the token does not say: a visitor's, an old one, or none of ours."""
    key = current_app.config.get("WTF_CSRF_SECRET_KEY") or current_app.secret_key or ""
    try:
        owner, dot, _ = str(Serializer(key, salt=SALT).loads(token)).partition(".")
    except BadSignature:
        return None
    return owner if dot else None

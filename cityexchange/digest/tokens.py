"""Who may give which answer to what from a mail: the signature in the link, and nothing else. It signs nobody in."""

from typing import Any, NamedTuple

from flask import current_app
from itsdangerous import BadSignature, SignatureExpired

from cityexchange.core.signing import Serializer

LIFE = 30 * 24 * 3600
"""Seconds: four letters later a press would answer what nobody remembers."""


class Press(NamedTuple):
    """One answer of one letter. The letter stands for its member and its week."""

    digest_id: int
    member_id: int
    topic_id: int
    answer: str


class Reminding(NamedTuple):
    """What one letter asks to be reminded of."""

    digest_id: int
    member_id: int
    record_type: str
    record_id: int


class PressIsOver(Exception):
    """Signed by us, too long ago."""


def _signer(purpose):
    return Serializer(current_app.config["SECRET_KEY"], salt=f"digest.{purpose}")


def token_of(digest: Any, topic_id: int, answer: str) -> str:
    press = Press(digest.id, digest.member_id, topic_id, answer)
    return str(_signer("answer").dumps([*press]))


def reminding_token_of(digest: Any, record_type: str, record_id: int) -> str:
    reminding = Reminding(digest.id, digest.member_id, record_type, record_id)
    return str(_signer("reminder").dumps([*reminding]))


def read_token(token: str) -> Press | None:
    """None for what we have not signed; PressIsOver."""
    return _read(token, "answer", Press)


def read_reminding_token(token: str) -> Reminding | None:
    return _read(token, "reminder", Reminding)


def _read(token, purpose, shape):
    try:
        return shape(*_signer(purpose).loads(token, max_age=LIFE))
    except SignatureExpired as over:
        raise PressIsOver from over
    except (BadSignature, ValueError, TypeError):
        return None

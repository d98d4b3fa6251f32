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


class PressIsOver(Exception):
    """Signed by us, too long ago."""


def _signer():
    return Serializer(current_app.config["SECRET_KEY"], salt="digest.answer")


def token_of(digest: Any, topic_id: int, answer: str) -> str:
    press = Press(digest.id, digest.member_id, topic_id, answer)
    return str(_signer().dumps([*press]))


def read_token(token: str) -> Press | None:
    """None for what we have not signed; PressIsOver."""
    try:
        return Press(*_signer().loads(token, max_age=LIFE))
    except SignatureExpired as over:
        raise PressIsOver from over
    except (BadSignature, ValueError, TypeError):
        return None

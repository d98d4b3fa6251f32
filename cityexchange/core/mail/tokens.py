"""Who may switch off what from a mail: the signature in the link, and nothing else."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def _signer():
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="mail.unsubscribe")


def token_for(member_id: int, *kinds: str) -> str:
    """Does not expire: a mail may be read years later."""
    return _signer().dumps([member_id, *kinds])


def read_token(token: str) -> tuple[int, list[str]] | None:
    try:
        member_id, *kinds = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return member_id, kinds

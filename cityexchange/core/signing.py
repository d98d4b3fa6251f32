"""What this application signs with a moment: by its own clock, and in patience with another's.

Threat: a clock that steps back an hour, or a second process whose clock is behind, would sign everybody out and refuse every open form.
"""

from datetime import datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from cityexchange.core.db import utcnow

PATIENCE = 86_400
"""Seconds that a signature may lie ahead of this clock; whatever is signed lives so much longer at most."""


class Signer(TimestampSigner):
    """As the library's, which refuses what was signed a second from now."""

    def get_timestamp(self) -> int:
        return int(utcnow().timestamp())

    def unsign(  # type: ignore[override]
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> tuple[bytes, datetime] | bytes:
        """SignatureExpired for what is older than `max_age` seconds, or lies further ahead than PATIENCE."""
        value, at = super().unsign(signed_value, None, return_timestamp=True)
        age = self.get_timestamp() - int(at.timestamp())
        if max_age is not None and not -PATIENCE <= age <= max_age:
            raise SignatureExpired(f"signed {age} seconds ago", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


class Serializer(URLSafeTimedSerializer):
    default_signer = Signer


class Sessions(SecureCookieSessionInterface):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = Signer
        return serializer


def init_app(app: Flask) -> None:
    app.session_interface = Sessions()

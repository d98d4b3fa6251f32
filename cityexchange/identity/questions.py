"""What a browser is sent away with to a city's provider, and what may be wrong when it comes back."""

import secrets
from dataclasses import dataclass


class Refused(Exception):
    """What came back proves nothing. The words are for the log, not for the person."""


@dataclass(frozen=True)
class Question:
    """What this browser was sent away with, and has to come back with."""

    provider_id: int
    state: str
    nonce: str
    verifier: str
    way_on: str = "/"

    @classmethod
    def new(cls, provider_id: int, way_on: str) -> "Question":
        return cls(provider_id, *(secrets.token_urlsafe(48) for _ in range(3)), way_on)

"""Facts a feature announces without knowing who listens."""

from collections.abc import Callable
from typing import Any

Receiver = Callable[..., Any]


class Signal:
    """Declared by the feature it belongs to, received by the features above it.

    Receivers join the sender's transaction: rows that must stand or fall with it. What reaches outside (`announce`, `wake`)
    waits by itself until the fact is certain.
    """

    def __init__(self, *names: str):
        self.names = set(names)
        self.receivers: list[Receiver] = []

    def connect(self, receiver: Receiver) -> Receiver:
        self.receivers.append(receiver)
        return receiver

    def send(self, **payload: Any) -> None:
        """Raises TypeError when its names are not exactly those declared."""
        if payload.keys() != self.names:
            raise TypeError(f"expected {sorted(self.names)}, got {sorted(payload)}")
        for receiver in self.receivers:
            receiver(**payload)

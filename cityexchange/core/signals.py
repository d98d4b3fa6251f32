"""Facts a feature announces without knowing who listens."""

from collections.abc import Callable
from typing import Any

Receiver = Callable[..., Any]


class Signal:
    """Declared by the feature it belongs to, received by the features above it.

    Receivers join the sender's transaction: rows that must stand or fall with it. What reaches outside (`announce`, `wake`)
    waits by itself until the fact is certain.
    """

    def __init__(self, *facts: str):
        self.facts = set(facts)
        self.receivers: list[Receiver] = []

    def connect(self, receiver: Receiver) -> Receiver:
        self.receivers.append(receiver)
        return receiver

    def send(self, **facts: Any) -> None:
        """Raises TypeError when the facts are not exactly those declared."""
        if facts.keys() != self.facts:
            raise TypeError(f"expected {sorted(self.facts)}, got {sorted(facts)}")
        for receiver in self.receivers:
            receiver(**facts)

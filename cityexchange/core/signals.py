"""Facts a feature announces without knowing who listens."""

from collections.abc import Callable
from functools import partial
from typing import Any

from cityexchange.core.db import after_commit

Receiver = Callable[..., Any]


class Signal:
    """Declared by the feature it belongs to, received by the features above it.

    `connect` receivers join the sender's transaction (rows that must stand or fall with it);
    `after_commit` receivers reach outside (sockets, mail) and run once the fact is certain.
    """

    def __init__(self, *facts: str):
        self.facts = set(facts)
        self.receivers: list[Receiver] = []
        self.late_receivers: list[Receiver] = []

    def connect(self, receiver: Receiver) -> Receiver:
        self.receivers.append(receiver)
        return receiver

    def after_commit(self, receiver: Receiver) -> Receiver:
        self.late_receivers.append(receiver)
        return receiver

    def send(self, **facts: Any) -> None:
        """Raises TypeError when the facts are not exactly those declared."""
        if facts.keys() != self.facts:
            raise TypeError(f"expected {sorted(self.facts)}, got {sorted(facts)}")
        for receiver in self.receivers:
            receiver(**facts)
        for receiver in self.late_receivers:
            after_commit(partial(receiver, **facts))

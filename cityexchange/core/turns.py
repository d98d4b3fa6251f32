"""Whose turn it is: of what one network asks for without a sign-in few requests are in hand at a time, of all networks together a few
more. The others stand in line, and whoever is signed in passes them by. What is in line has cost nothing yet, and holds nothing."""

import time
from typing import Any

from flask import has_request_context, request

from cityexchange.core.databases.queue import Line

OF_NETWORK, OF_ALL = 2, 6
MOST_WAITING = 300
"""Of one network. A proxy lets so many of one address through (deploy/nginx.conf.example), and lines of members among them."""
MOMENT = 0.001
"""Seconds before the next in line begins: the event loop runs on from one who was waiting to the other, and would look only after many
of them who else has come."""
TURN = "cityexchange.turn"


class Turns:
    def __init__(self, of_network: int = OF_NETWORK, of_all: int = OF_ALL):
        self._of_network, self.all = of_network, Line(of_all, most_waiting=10 * MOST_WAITING)
        self.networks: dict[str, Network] = {}

    def take(self, name: str) -> "Turn":
        """Waits for it. Busy where too many wait already, or the wait was too long."""
        network = self.networks.setdefault(name, Network(self._of_network))
        network.here += 1
        turn = Turn(self, name)
        try:
            turn.begin(network)
        except BaseException:
            turn.end()
            raise
        return turn

    def leave(self, name: str) -> None:
        self.networks[name].here -= 1
        if not self.networks[name].here:
            del self.networks[name]


class Network:
    """How many of its requests are here, and the line in which they stand."""

    def __init__(self, places: int):
        self.here, self.places, self.line = 0, places, Line(places, MOST_WAITING)


class Turn:
    """Of one request."""

    def __init__(self, turns: Turns, name: str):
        self._turns, self._name, self._entered = turns, name, list[Line]()
        self._has_ended = False

    def begin(self, network: Network) -> None:
        is_alone = network.here <= network.places
        for line in (network.line, self._turns.all):
            line.enter()
            self._entered.append(line)
        if not is_alone:
            time.sleep(MOMENT)

    def end(self) -> None:
        """Once, however often it is said."""
        if self._has_ended:
            return
        self._has_ended = True
        for line in reversed(self._entered):
            line.leave()
        self._turns.leave(self._name)


def step_aside() -> None:
    """This request waits for something slow: the next in line may go on."""
    turn: Any = request.environ.get(TURN) if has_request_context() else None
    if turn is not None:
        turn.end()

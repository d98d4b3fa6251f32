"""How often something may be done: each limit is declared once, with where it is counted, and stands in SECURITY.md."""

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Any

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.limits.stores import DATABASE, PROCESS, Store, sweep
from cityexchange.core.registries import Registry

MEMBER, NETWORK, MEMBER_OR_NETWORK = "a member", "a network", "a member or a network"
EVERYBODY = "everybody together"
MANY_ASK = (
    _l("Very many people are asking at this moment"),
    _l(
        "It is not about you: nothing was sent yet, and what you typed is still here. Please send it again in a minute."
    ),
)
"""Threat: from many networks at once the desks of those who decide would be filled, each network within its limits."""
declared = Registry("every Limit there is; SECURITY.md tells them all")


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, for each of whom `each` says; its verbs are told who it is.

    Writing (`is_writing`), and what visitors ask for, is stretched by the setting WRITE_LIMIT_FACTOR, for measuring.
    """

    name: str
    most: int
    seconds: int
    each: str
    store: Store = DATABASE
    is_writing: bool = False
    words: tuple[Any, Any] | None = None
    """Title and text of the refusal, where it is no matter of who asks."""

    def __post_init__(self) -> None:
        if self.name in declared:
            raise ValueError(f"There is a limit {self.name!r} already: the two would count together")
        declared.add(self.name, self)

    def key(self, who: object) -> str:
        """A digest: no address is kept."""
        return hashlib.sha256(f"{self.name}:{who}".encode()).hexdigest()

    @property
    def allowed(self) -> int:
        if not self.is_writing:
            return self.most
        return max(1, round(self.most * current_app.config["WRITE_LIMIT_FACTOR"]))

    def spend(self, who: object) -> None:
        """Counts one more; in the database in this unit of work, so that two at once count two and what is undone nothing.

        Raises TooManyRequests beyond the limit. Call it once the form is in order, before the first change.
        """
        if wait := self._count(who):
            raise _too_many(self, wait)

    def take(self, who: object) -> None:
        """As the function `take`, for one."""
        take((self, who))

    def has_room(self, who: object) -> bool:
        """As `take`, where beyond the limit something else is done."""
        with self.store.at_once():
            return not self._count(who)

    def give_back(self, who: object) -> None:
        """The try was none: whoever it was is known now."""
        self.store.give_back(self.key(who))

    def forget(self, who: object) -> None:
        """A success clears what was counted against an account."""
        self.store.forget(self.key(who))

    def seconds_until_room(self, who: object) -> float:
        """0 where there is some. Counts nothing; of what is counted in the process alone."""
        return PROCESS.seconds_until_room(self.key(who), self.allowed)

    def _count(self, who):
        return self.store.count(self.key(who), self.allowed, self.seconds)


def take(*tries: tuple[Limit, object]) -> None:
    """Counts a guess under each limit, for good and before anybody looks at it: a thousand at the same moment are a thousand.

    Raises TooManyRequests (429 with Retry-After, in seconds) at the first limit that is reached, and counts under the later
    ones no more: give the narrow ones first. Before the unit's first change.
    """
    with ExitStack() as kept:
        for store in {limit.store for limit, _ in tries}:
            kept.enter_context(store.at_once())
        reached = next(((limit, wait) for limit, who in tries if (wait := limit._count(who))), None)
    if reached:
        raise _too_many(*reached)


def _too_many(limit, wait):
    refusal = TooManyRequests(retry_after=max(1, ceil(wait)))
    if limit.words:
        refusal.words = limit.words  # type: ignore[attr-defined]
    return refusal


def caller() -> str:
    """The network the request comes from."""
    return network_of(request.remote_addr)


def network_of(told: str | None) -> str:
    """An IPv4 address, or the /64 of an IPv6 one."""
    address = ip_address(told or "127.0.0.1")
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def init_app(app):
    sweeps.add("tries", Sweep(sweep, every=3600))

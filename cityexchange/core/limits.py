"""How often something may be tried: counted in the database, so shared by processes and kept over restarts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from flask import current_app, request
from sqlalchemy import String, bindparam, case, delete, update
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.db import at_once, db, insert, utcnow
from cityexchange.core.jobs import Sweep, sweeps
from cityexchange.core.statements import change, made_once


class TryCount(db.Model):
    """Tries under one key until the window ends. The key is a digest: no address is kept."""

    __tablename__ = "try_counts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Limit:
    """At most `most` tries in `seconds`, for each `who` (an address, an account)."""

    name: str
    most: int
    seconds: int

    def key(self, who: object) -> str:
        return hashlib.sha256(f"{self.name}:{who}".encode()).hexdigest()

    @property
    def allowed(self) -> int:
        return self.most

    def spend(self, who: object) -> None:
        """Counts one more in this unit of work, so that two at once count two and what is undone counts nothing.

        Raises TooManyRequests beyond the limit. Call it once the form is in order, before the first change.
        """
        if ends := self._over(who):
            raise _too_many(ends)

    def take(self, who: object) -> None:
        """As the function `take`, for one."""
        take((self, who))

    def give_back(self, who: object) -> None:
        """The try was none: whoever it was is known now."""
        one_less = update(TryCount).where(TryCount.key == self.key(who), TryCount.count > 0)
        db.session.execute(one_less.values(count=TryCount.count - 1))

    def forget(self, who: object) -> None:
        """A success clears what was counted against an account."""
        db.session.execute(delete(TryCount).where(TryCount.key == self.key(who)))

    def _over(self, who):
        """Counts one more; until when it is too many, or None."""
        now = utcnow()
        facts = {"key": self.key(who), "count": 1, "window_ends_at": now + timedelta(seconds=self.seconds)}
        count, ends = tuple(change(_one_more(), facts | {"now": now}).one())
        return ends if count > self.allowed else None


class WriteLimit(Limit):
    """One kind of writing, for each member. The setting WRITE_LIMIT_FACTOR stretches it, for measuring."""

    @property
    def allowed(self) -> int:
        return max(1, round(self.most * current_app.config["WRITE_LIMIT_FACTOR"]))


def take(*tries: tuple[Limit, object]) -> None:
    """Counts a guess under each limit, for good and before anybody looks at it: a thousand at the same moment are a thousand.

    Raises TooManyRequests (429 with Retry-After, in seconds) at the first limit that is reached, and counts under the later
    ones no more: give the narrow ones first. Before the unit's first change.
    """
    with at_once():
        over = next((ends for limit, who in tries if (ends := limit._over(who))), None)
    if over:
        raise _too_many(over)


@made_once
def _one_more():
    one = insert(TryCount)
    is_over = TryCount.window_ends_at <= bindparam("now", type_=TryCount.window_ends_at.type)
    facts = {
        "count": case((is_over, 1), else_=TryCount.count + 1),
        "window_ends_at": case((is_over, one.excluded.window_ends_at), else_=TryCount.window_ends_at),
    }
    more = one.on_conflict_do_update(index_elements=["key"], set_=facts)
    return more.returning(TryCount.count, TryCount.window_ends_at)


def _too_many(until):
    return TooManyRequests(retry_after=max(1, ceil((until - utcnow()).total_seconds())))


def caller() -> str:
    """The network the request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def sweep() -> None:
    """Forgets windows that have ended."""
    db.session.execute(delete(TryCount).where(TryCount.window_ends_at < utcnow()))


def init_app(app):
    sweeps.add("tries", Sweep(sweep, every=3600))

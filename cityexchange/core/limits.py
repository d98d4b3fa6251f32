"""How often something may be tried: counted in the database, so shared by processes and kept over restarts."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from ipaddress import ip_address, ip_network
from math import ceil

from flask import current_app, request
from sqlalchemy import String, bindparam, case
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from cityexchange.core.db import aftermath, db, insert, utcnow
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

    def insist(self, *whos: object) -> None:
        """Raises TooManyRequests (429 with Retry-After, in seconds) when any of them has tried too often."""
        keys = [self.key(who) for who in whos]
        query = db.select(TryCount.window_ends_at).where(
            TryCount.key.in_(keys), TryCount.count >= self.allowed, TryCount.window_ends_at > utcnow()
        )
        if ends := db.session.scalars(query).all():
            raise _too_many(max(ends))

    def count(self, *whos: object) -> None:
        """Counts a try, also when the request itself is undone."""
        for who in whos:
            aftermath(partial(_count, self.key(who), self.seconds))

    def forget(self, *whos: object) -> None:
        """A success clears what was counted against an account."""
        for who in whos:
            if counted := db.session.get(TryCount, self.key(who)):
                db.session.delete(counted)


class WriteLimit(Limit):
    """One kind of writing, for each member. The setting WRITE_LIMIT_FACTOR stretches it, for measuring."""

    @property
    def allowed(self) -> int:
        return max(1, round(self.most * current_app.config["WRITE_LIMIT_FACTOR"]))

    def spend(self, who: object) -> None:
        """Counts one more in this unit of work, so that two at once count two and what is undone counts nothing.

        Raises TooManyRequests beyond the limit. Call it once the form is in order, before the first change.
        """
        now = utcnow()
        facts = {"key": self.key(who), "count": 1, "window_ends_at": now + timedelta(seconds=self.seconds)}
        count, ends = tuple(change(_one_more(), facts | {"now": now}).one())
        if count > self.allowed:
            raise _too_many(ends)


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


def _count(key, seconds):
    tries = db.session.get(TryCount, key, with_for_update=True)
    if tries is None or tries.window_ends_at <= utcnow():
        tries = db.session.merge(
            TryCount(key=key, window_ends_at=utcnow() + timedelta(seconds=seconds), count=0)
        )
    tries.count += 1


def caller() -> str:
    """The network the request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def sweep() -> None:
    """Forgets windows that have ended."""
    db.session.execute(db.delete(TryCount).where(TryCount.window_ends_at < utcnow()))


def init_app(app):
    sweeps.add("tries", Sweep(sweep, every=3600))

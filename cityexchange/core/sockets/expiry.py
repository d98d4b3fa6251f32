"""Rights that end by their date: nobody acts then, so nobody would tell the lines. Each process looks by itself.

A feature names what has ended of late; what is new in that is looked at again, and what is still seen is left alone.
"""

from collections.abc import Callable

import gevent
from sqlalchemy import Select

from cityexchange.core.db import db, unit_of_work
from cityexchange.core.outages import Rounds
from cityexchange.core.registries import Registry

EVERY = 2.0
"""Seconds between two looks."""
expiring_rights = Registry(
    "rights that ended by their date in the last days: f() -> Select of (a row's id, a member's id)"
)


def watch(app, look_again: Callable[[int], None]) -> None:
    """Starts the greenlet of a web process. `look_again` gets the id of a member whose right has ended."""
    gevent.spawn(_watch_forever, app, look_again)


def _watch_forever(app, look_again):
    done, rounds = None, Rounds("rights that end by their date")
    while True:
        with rounds.one(), app.app_context():
            ended = _ended()
            for _, _, member_id in ended - (ended if done is None else done):
                look_again(member_id)
            done = ended
        gevent.sleep(EVERY)


def _ended():
    with unit_of_work(writing=False):
        return {
            (name, *row)
            for name in expiring_rights.names()
            for row in db.session.execute(_query(name)).tuples()
        }


def _query(name) -> Select[int, int]:
    return expiring_rights[name]()

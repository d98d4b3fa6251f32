"""What is done once a unit of work is certain, each in a unit of its own."""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

import gevent
from flask import current_app
from gevent import monkey

from cityexchange.core.databases.faults import fault_of
from cityexchange.core.databases.queue import Busy, waiting_at_most

log = logging.getLogger(__name__)
Deed = Callable[[], object]
Unit = Callable[[], AbstractContextManager[Any]]
A_MOMENT = 0.05
"""Seconds for which a page that only reads waits for what it leaves behind, the audit of a refusal, a visit noted."""


def carry_out_all(unit_of_work: Unit, deeds: Iterable[Deed], was_writing: bool) -> None:
    """In order. Who only reads does not stand in the line of those who write: what cannot be done at once is done beside it."""
    for deed in deeds:
        if was_writing or not monkey.is_module_patched("threading"):
            _carry_out(unit_of_work, deed)
        else:
            _carry_out_at_once_or_later(unit_of_work, deed)


def _carry_out_at_once_or_later(unit_of_work, deed):
    try:
        with waiting_at_most(A_MOMENT):
            _do(unit_of_work, deed)
    except Busy:
        app: Any = current_app
        gevent.spawn(_carry_out_later, app._get_current_object(), unit_of_work, deed)
    except Exception as error:
        _tell_of(deed, error)


def _carry_out_later(app, unit_of_work, deed):
    with app.app_context():
        _carry_out(unit_of_work, deed)


def _carry_out(unit_of_work, deed):
    """One receiver's failure must not undo the work, nor stop the next receiver."""
    try:
        _do(unit_of_work, deed)
    except Exception as error:
        _tell_of(deed, error)


def _do(unit_of_work, deed):
    with unit_of_work():
        deed()


def _tell_of(deed, error):
    # By its name: what it is told are words of members, a text that goes to open lines.
    name = getattr(deed, "func", deed).__qualname__
    if fault := fault_of(error):
        return log.error("deed after the unit of work not done: %s (%s)", name, fault.name)
    log.exception("deed after the unit of work failed: %s", name)
    if current_app.testing:
        raise error

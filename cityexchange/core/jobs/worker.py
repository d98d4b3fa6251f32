"""The worker: `flask --app wsgi worker`.

The process that is started only holds the lifeline of a child in a session of its own, which does the work.
Whoever kills the known process, even with -9, thereby asks the child to finish what it holds in its hands (the
one mail under way) and to end: no mail is torn out between the server's answer and our note of it.
"""

import os
import signal
import sys
import threading
import time

import click
import structlog
from huey.consumer import Consumer

from cityexchange.core.commands import insist_on_tables
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.jobs import heartbeat
from cityexchange.core.outages import Rounds

_beats = Rounds("heartbeat")
PATIENCE = 45
"""Seconds that the work in hand may take after the worker was asked to end."""


def run(app, sweeps, run_sweep, stopping):
    """Runs until SIGTERM, SIGINT or the loss of the lifeline."""
    insist_on_tables()
    db.engine.dispose()
    receiving, sending = os.pipe()
    child = os.fork()
    if child:
        os.close(receiving)
        sys.exit(_hold_lifeline(child))
    os.close(sending)
    os.setsid()
    with app.app_context():
        db.engine.dispose(close=False)
    _end_with(receiving, stopping)
    _work(app, sweeps, run_sweep, stopping)
    os._exit(0)


def _hold_lifeline(child: int) -> int:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: os.kill(child, signal.SIGTERM))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _end_with(lifeline, stopping):
    def wait():
        os.read(lifeline, 1)
        stopping.set()

    threading.Thread(target=wait, daemon=True).start()


def _greet():
    """In words to somebody at a keyboard; where it goes into a log, as a line of the log."""
    words = "The worker is at work."
    click.echo(words) if sys.stdout.isatty() else structlog.get_logger("cityexchange").info(words)


def _work(app, sweeps, run_sweep, stopping):
    consumer = Consumer(app.extensions["huey"], workers=2, periodic=False, max_delay=0.5)
    consumer.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    rounds = threading.Thread(target=_go_rounds, args=(app, sweeps, run_sweep, stopping), daemon=True)
    rounds.start()
    _greet()
    while not stopping.wait(1):
        pass
    consumer.shutdown_timeout = PATIENCE
    consumer.stop(graceful=True)
    rounds.join(PATIENCE)
    _in_unit(app, heartbeat.farewell)


def _go_rounds(app, sweeps, run_sweep, stopping):
    """Every sweep on its own beat, the first round at once: it picks up what a crash left."""
    due = dict.fromkeys(sweeps.names(), 0.0)
    next_beat = 0.0
    while not stopping.is_set():
        if time.monotonic() >= next_beat:
            next_beat = time.monotonic() + heartbeat.EVERY
            _in_unit(app, heartbeat.beat)
        for name in [name for name, moment in due.items() if time.monotonic() >= moment]:
            with app.app_context():
                run_sweep(name)
            due[name] = time.monotonic() + sweeps[name].every
        stopping.wait(0.5)


def _in_unit(app, deed):
    with _beats.one(), app.app_context(), unit_of_work():
        deed()

"""Real workers, killed with -9 while they send to a real mail server."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from cityexchange.app import create_app
from cityexchange.core.db import db, unit_of_work
from cityexchange.core.jobs.heartbeat import Heartbeat
from cityexchange.core.mail import OutgoingMail, queue_mail
from config import TestConfig
from tests.factories import MemberFactory, SpaceFactory
from tests.mail.sink import Sink
from tests.patience import PATIENCE, wait_until
from tests.session import new_database

MAILS = 100
KILLS = 24


@pytest.fixture
def outpost(tmp_path):
    """An application on a database of its own, which worker processes share."""

    class Settings(TestConfig):
        DATA_FOLDER = str(tmp_path)
        SQLALCHEMY_DATABASE_URI = new_database("workers", tmp_path)
        REDIS_URL = MAIL_URL = None

    app = create_app(Settings)
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


class Workers:
    def __init__(self, app, sink, folder):
        self.sink, self.pids = sink, []
        environment = os.environ | {
            "CITYEXCHANGE_ENV": "test",
            "DATA_FOLDER": str(folder),
            "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "MAIL_URL": sink.url,
        }
        command = [sys.executable, "-m", "tests.mail.nursery"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.nursery = subprocess.Popen(command, env=environment, **pipes)
        assert self.nursery.stdout.readline() == "ready\n"

    def start(self):
        self.nursery.stdin.write("start\n")
        self.nursery.stdin.flush()
        self.pids.append(int(self.nursery.stdout.readline()))
        return self.pids[-1]

    def hands(self):
        """The processes that do the work, by their heartbeats."""
        with unit_of_work(writing=False):
            names = db.session.scalars(db.select(Heartbeat.name)).all()
        return [pid for pid in (int(name.rsplit(":")[-1]) for name in names) if is_running(pid)]

    def end(self):
        """Whether all of them ended in order."""
        for pid in filter(is_running, self.pids):
            os.kill(pid, signal.SIGTERM)
        return wait_until(lambda: not self.hands() and not any(map(is_running, self.pids)))


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False  # also where it ends between opening and reading


@pytest.fixture
def workers(outpost, tmp_path):
    with Sink() as sink:
        workers = Workers(outpost, sink, tmp_path)
        yield workers
        workers.end()
        workers.nursery.stdin.close()
        workers.nursery.wait(PATIENCE)


def queue_all(number=MAILS, first=0):
    with unit_of_work():
        space, members = SpaceFactory(), [MemberFactory() for _ in range(5)]
        for n in range(first, first + number):
            queue_mail(f"mail:{n}", members[n % 5], "test/reply", record=space, number=n)


def states():
    with unit_of_work(writing=False):
        return set(db.session.scalars(db.select(OutgoingMail.state)))


def some_more(workers, dice, kill):
    """A worker sends a few mails and is killed at a moment nobody chose."""
    sent = len(workers.sink.taken)
    worker = workers.start()
    assert wait_until(lambda: len(workers.sink.taken) >= min(sent + 2, MAILS))
    time.sleep(dice.uniform(0, 0.05))
    kill(worker)


def test_every_mail_arrives_once_though_workers_are_killed_again_and_again(workers):
    workers.sink.seconds_a_mail = 0.02
    queue_all()
    dice = random.Random()
    for _ in range(KILLS):
        some_more(workers, dice, lambda worker: os.kill(worker, signal.SIGKILL))
    workers.start()

    assert wait_until(lambda: states() == {"sent"})
    assert sorted(workers.sink.by_message_id().values()) == [1] * MAILS


def test_every_mail_arrives_though_the_very_hands_are_killed(workers):
    """Here a second copy can happen in principle (see core/mail/delivery.py); it would bear the same Message-ID."""
    workers.sink.seconds_a_mail = 0.01
    queue_all()
    dice = random.Random()
    for _ in range(KILLS):
        some_more(workers, dice, lambda _: [os.kill(pid, signal.SIGKILL) for pid in workers.hands()])
    workers.start()

    assert wait_until(lambda: states() == {"sent"})
    copies = workers.sink.by_message_id()
    assert len(copies) == MAILS
    assert sum(copies.values()) <= MAILS + KILLS // 2


def test_two_workers_at_once_share_the_mails(workers):
    queue_all()
    workers.start(), workers.start()

    assert wait_until(lambda: states() == {"sent"})
    assert sorted(workers.sink.by_message_id().values()) == [1] * MAILS


def test_a_worker_ends_in_order_when_asked(workers, outpost):
    def queue_another():
        with outpost.app_context():
            queue_all(1, first=MAILS + len(workers.sink.taken))

    workers.sink.then = queue_another  # the work never ends by itself
    queue_all()
    workers.start()
    assert wait_until(lambda: len(workers.sink.taken) >= 3)
    assert workers.end()

    assert states() == {"queued", "sent"}
    with unit_of_work(writing=False):
        assert db.session.scalars(db.select(Heartbeat)).all() == []

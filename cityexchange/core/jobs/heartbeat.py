"""Each worker says every few seconds that it is alive; /readyz listens."""

import os
import socket
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from cityexchange.core.db import db, utcnow

EVERY = 15
"""Seconds between two beats."""
SILENCE = timedelta(seconds=90)


class NoWorker(Exception):
    """No worker has been heard of for a while: mails wait."""


class Heartbeat(db.Model):
    """A running worker, by host and process id. A worker that ends in order takes its row along."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=utcnow, index=True)


def own_name() -> str:
    return f"{socket.gethostname()[:100]}:{os.getpid()}"


def beat() -> None:
    db.session.merge(Heartbeat(name=own_name(), at=utcnow()))


def farewell() -> None:
    db.session.execute(db.delete(Heartbeat).where(Heartbeat.name == own_name()))


def forget_the_dead() -> None:
    db.session.execute(db.delete(Heartbeat).where(Heartbeat.at < utcnow() - timedelta(days=1)))


def check() -> str:
    """For /readyz. Outside production, no worker is only a fault when one ran and fell silent."""
    newest = db.session.scalar(db.select(db.func.max(Heartbeat.at)))
    if newest is None and current_app.config["ENV_NAME"] != "production":
        return "none running: mails and reminders wait (flask --app wsgi worker)"
    if newest is None or newest < utcnow() - SILENCE:
        raise NoWorker
    return "ok"


def is_dead(holder: str | None) -> bool:
    """Whether a process is gone that called itself by its own name and something of its own. Only sure of those of this machine."""
    name, pid, _ = (holder or "::").rsplit(":", 2)
    if name != socket.gethostname()[:100] or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
        return _is_unburied(pid)
    except ProcessLookupError:
        return True
    except OSError:
        return False


def _is_unburied(pid):
    """Dead, though nobody has asked for its exit code, as happens in containers."""
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "Z"

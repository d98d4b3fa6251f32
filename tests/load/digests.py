"""What a weekly letter costs the worker: chosen, written down, composed. On the synthetic volume, on its first Monday morning.

python -m tests.load.digests [--members 5000]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from cityexchange.app import create_app
from cityexchange.cities.models import City, Interest
from cityexchange.core.db import clock_at, db, unit_of_work
from cityexchange.core.mail.delivery import deliver
from cityexchange.core.mail.models import OutgoingMail
from cityexchange.digest.letters import write_letters
from cityexchange.forums.models import Topic
from cityexchange.themes.models import Theme
from config import TestConfig
from tests.load.measuring import cpu
from tests.services import ROOT, LiveServer, PostgreSQL

MEMBERS, FEW = 5_000, 500
THEMES = 3
"""That each city shares, and as many that it needs."""
MOST = 60
"""Milliseconds of the worker's CPU for each, at most."""


def measure(folder, url, store, members):
    """{"ms": CPU of the worker for each letter, "database_ms": of PostgreSQL beside it, "letters": how many}"""
    server = LiveServer(folder, database_url=url).prepare()
    server.flask("demo", "volume", "--registrants", str(members))
    before = cpu(store.process.pid) if store else 0
    command = [sys.executable, "-m", "tests.load.digests", "--on", url, "--folder", str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = json.loads(said.splitlines()[-1])
    beside = (cpu(store.process.pid) - before) * 1000 / found["letters"] if store else 0
    return found | {"database_ms": beside}


def work(url, folder):
    """In a process of its own, as the worker is."""

    class Settings(TestConfig):
        SQLALCHEMY_DATABASE_URI, DATA_FOLDER, REDIS_URL, MAIL_URL = url, folder, None, None

    app = create_app(Settings)
    with app.app_context():
        with unit_of_work():
            give_themes()
            morning = first_morning()
        with clock_at(morning):
            began = time.process_time()
            write_letters()
            written = time.process_time()
            deliver()
            ended = time.process_time()
        with unit_of_work(writing=False):
            letters = db.session.scalar(
                select(func.count(OutgoingMail.id)).filter_by(template="digest/weekly")
            )
    each = 1000 / max(1, letters)
    return {"ms": (ended - began) * each, "chosen_ms": (written - began) * each, "letters": letters}


def give_themes():
    """The volume's cities say nothing of themes: in turn they share three and need three."""
    cities = db.session.scalars(select(City.id).order_by(City.id)).all()
    themes = db.session.scalars(select(Theme.id).order_by(Theme.id)).all()
    rows = [
        {
            "city_id": city,
            "theme_id": themes[(place + turn) % len(themes)],
            "side": "offer" if turn < THEMES else "need",
        }
        for place, city in enumerate(cities)
        for turn in range(2 * THEMES)
    ]
    db.session.execute(insert(Interest), rows)


def first_morning():
    """Of the Monday after the newest post, half past eight."""
    newest = db.session.scalar(select(func.max(Topic.last_posted_at)))
    day = newest + timedelta(days=7 - newest.weekday())
    return day.replace(hour=8, minute=30, second=0, microsecond=0)


def table(found):
    """{database: what `measure` found}"""
    lines = [
        "## Weekly letters: CPU milliseconds for each\n",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} (`python -m tests.load.digests`).\n",
        "| database | the worker | of that chosen and written down | the database beside it | target of the worker | letters |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {one['ms']:.1f} | {one['chosen_ms']:.1f} | {one['database_ms']:.1f} | {MOST} | {one['letters']:,} |"
        for name, one in found.items()
    ]
    return "\n".join(lines) + "\n"


def chosen():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--on", help="a database that is filled already")
    parser.add_argument("--folder")
    return parser.parse_args()


def measure_both(members):
    with tempfile.TemporaryDirectory(prefix="cityexchange-digests-") as folder, PostgreSQL() as store:
        return measure_each(Path(folder), store, members)


def measure_each(folder, store, members):
    words = ["-h", "127.0.0.1", "-p", str(store.port), "-U", "postgres", "digests"]
    subprocess.run([store.bin / "createdb", *words], check=True)
    found = {}
    for name, url in {
        "PostgreSQL": store.url("digests"),
        "SQLite": f"sqlite:///{folder}/digests.sqlite",
    }.items():
        (folder / f"digests-{name}").mkdir()
        found[name] = measure(
            folder / f"digests-{name}", url, store if name == "PostgreSQL" else None, members
        )
    return found


if __name__ == "__main__":
    options = chosen()
    answer = (
        json.dumps(work(options.on, options.folder)) if options.on else table(measure_both(options.members))
    )
    print(answer, flush=True)  # noqa: T201

"""What the bell costs a page: the same pages of one member with it and without it, in turn, in two processes that differ in nothing else.

python -m tests.load.bell [--rounds 40]
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from cityexchange.app import create_app
from cityexchange.core.db import db, unit_of_work, utcnow
from cityexchange.core.registries import reader_columns
from cityexchange.members.models import Member, SignInSession
from cityexchange.notifications.models import Notification
from config import TestConfig
from tests.load.sides import TOPICS
from tests.services import ROOT, LiveServer, PostgreSQL

WHO, UNREAD = "m0002@volume.example", 12
PAGES = ["/forums", "/workshops", *(f"/topics/{id}" for id in TOPICS[:8])]
ROUNDS, FEW, TURNS = 40, 10, 10
"""Pairs, of each of which the difference is taken; how often each page is asked for in one of a pair."""
MOST = 0.15
"""Milliseconds of the web process's CPU for a page, at most."""


class Pages:
    """A process that asks for the pages whenever it is told to, with the bell or without."""

    def __init__(self, url, folder, bell):
        command = [sys.executable, "-m", "tests.load.bell", "--on", url, "--folder", str(folder), bell]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def milliseconds(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def measure(folder, url, rounds, *volume):
    """{"with": milliseconds for a page, "without", "bell": the median of their differences}"""
    folder.mkdir()
    LiveServer(folder, database_url=url).prepare().flask("demo", "volume", *volume)
    sides = {bell: Pages(url, folder, bell) for bell in ("with", "without")}
    pairs = []
    for number in range(rounds + 1):
        order = list(sides) if number % 2 else [*reversed(sides)]
        pairs.append({bell: sides[bell].milliseconds() for bell in order})
    for side in sides.values():
        side.end()
    del pairs[0]  # in which all was made the first time
    found = {bell: statistics.median(pair[bell] for pair in pairs) for bell in sides}
    return found | {"bell": statistics.median(pair["with"] - pair["without"] for pair in pairs)}


def answer_when_told(url, folder, bell):
    class Settings(TestConfig):
        SQLALCHEMY_DATABASE_URI, DATA_FOLDER, REDIS_URL, MAIL_URL = url, folder, None, None

    app = create_app(Settings)
    if bell == "without":
        for name in ("unread", "unread_at"):
            reader_columns.remove(name)
        del app.jinja_env.globals["counted_unread"]
    else:
        with app.app_context(), unit_of_work():
            write_news()
    browser = app.test_client()
    with app.app_context(), unit_of_work():
        sign_in(browser)
    for _line in sys.stdin:
        began = time.process_time()
        for address in PAGES * TURNS:
            assert browser.get(address).status_code == 200
        each = (time.process_time() - began) * 1000 / len(PAGES * TURNS)
        print(each, flush=True)  # noqa: T201


def sign_in(browser):
    """A session's row and its cookie, as the form would make them: passwords of the volume are dear."""
    member = db.session.scalars(select(Member).filter_by(email=WHO)).one()
    _, secret = SignInSession.begin(member)
    with browser.session_transaction() as session:
        session["sign_in"], session["_user_id"], session["_fresh"] = secret, member.get_id(), True


def write_news():
    mine = db.session.scalar(select(Member.id).filter_by(email=WHO))
    told = {
        "member_id": mine,
        "kind": "reply",
        "record_type": "Topic",
        "mailing": "never",
        "created_at": utcnow(),
    }
    rows = [told | {"record_id": id, "occasion": f"bell:{id}", "facts": {}, "is_here": True} for id in range(1, UNREAD + 1)]  # fmt: skip
    db.session.execute(insert(Notification), rows)


def table(found):
    """{database: what `measure` found}"""
    lines = [
        "## What the bell costs a page: CPU milliseconds of the web process\n",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} (`python -m tests.load.bell`).\n",
        "| database | a page without it | with it | the bell | target |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {one['without']:.2f} | {one['with']:.2f} | {one['bell']:.3f} | {MOST} |"
        for name, one in found.items()
    ]
    told = (
        f"\nMedians of {next(iter(found.values()))['rounds']} pairs: the same pages of one member with {UNREAD} unread notifications, asked for",
        "in turn in two processes, of which one has no bell; the difference is taken in each pair, so that what else the machine does falls on",
        "both. The forum index, the list of workshops and eight topics. PostgreSQL's own part is not in it.",
    )
    return "\n".join([*lines, *told]) + "\n"


def measure_each(folder, store, rounds):
    words = ["-h", "127.0.0.1", "-p", str(store.port), "-U", "postgres", "bell"]
    subprocess.run([store.bin / "createdb", *words], check=True)
    urls = {"PostgreSQL": store.url("bell"), "SQLite": f"sqlite:///{folder}/bell.sqlite"}
    return {
        name: measure(folder / f"bell-{name}", url, rounds) | {"rounds": rounds} for name, url in urls.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bell", nargs="?", choices=("with", "without"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--on", help="a database that is filled already")
    parser.add_argument("--folder")
    options = parser.parse_args()
    if options.on:
        return answer_when_told(options.on, options.folder, options.bell)
    with tempfile.TemporaryDirectory(prefix="cityexchange-bell-") as folder, PostgreSQL() as store:
        print(table(measure_each(Path(folder), store, options.rounds)), flush=True)  # noqa: T201
    return None


if __name__ == "__main__":
    main()

"""Beside a flood (tests/load/flooding.py): what members' pages take against their quiet moment in the same run, and what is left of it.

python -m tests.load.flood      this part of docs/scale.md alone, on both databases
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
from contextlib import suppress
from pathlib import Path

from tests.load.measuring import cpu, memory
from tests.load.saved import Listener
from tests.load.sides import Reader
from tests.services import ROOT, LiveServer, PostgreSQL

QUIET, FLOOD, AFTER = 10, 20, 60
"""Seconds."""
PAGES = ["/", "/forums", "/topics/2", "/workshops", "/cities", "/chat/rooms/{room}"]
MEMBERS = ["amina@tangier.example", "organiser@cityexchange.example"]
PAUSE = 0.1
MOST_TIMES, MOST_GROWTH = 5, 1.1


class Member:
    """Opens one page after the other, as somebody who reads, until told to stop."""

    def __init__(self, base, email, room):
        self.base, self.reader, self.pages = (
            base,
            Reader(base, email),
            [page.format(room=room) for page in PAGES],
        )

    def read(self, seconds, found):
        end, turn = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            began = time.monotonic()
            status = self.open(self.pages[turn % len(self.pages)])
            found.append((status, 1000 * (time.monotonic() - began)))
            turn += 1
            time.sleep(PAUSE)

    def open(self, path):
        try:
            with self.reader.opener.open(self.base + path, timeout=60) as page:
                page.read()
                return page.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 599


class Chat:
    """Somebody says something once a second, somebody else listens."""

    def __init__(self, base, room, speaker, hearer):
        self.room, self.said, self.heard = room, 0, b""
        self.mouth, self.ear = (Listener(base, one.reader.headers["Cookie"]) for one in (speaker, hearer))
        self.ear.tell("room:enter", room_id=room)
        threading.Thread(target=self.listen, args=(self.ear, True), daemon=True).start()
        threading.Thread(target=self.listen, args=(self.mouth, False), daemon=True).start()

    def talk(self, seconds):
        for _ in range(int(seconds)):
            nonce = f"flood-{time.time()}"
            self.mouth.tell("message:post", room_id=self.room, text=f"said {self.said} so", nonce=nonce)
            self.said += 1
            time.sleep(1)

    def listen(self, listener, is_ear):
        with suppress(OSError):  # the server has ended
            while data := listener.line.recv(1 << 16):
                self.heard += data if is_ear else b""
                if b"\x81\x012" in data:
                    listener.say("3")

    @property
    def numbers(self):
        return [int(number) for number in re.findall(rb"said (\d+) so", self.heard)]


def together(*deeds):
    threads = [threading.Thread(target=deed, args=arguments) for deed, *arguments in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def read_by(members, seconds, *deeds):
    """What members' pages answered meanwhile: [(status, milliseconds)]"""
    found = []
    together(*((member.read, seconds, found) for member in members), *deeds)
    return found


def p95(found):
    return statistics.quantiles([took for _, took in found], n=20)[-1]


def beside_flood(folder, url):
    with LiveServer(folder, database_url=url).prepare() as server:
        return _measured(server)


def _measured(server):
    members = [Member(server.base_url, email, 0) for email in MEMBERS]
    page = members[0].reader.opener.open(f"{server.base_url}/chat").read().decode()
    room = int(re.search(r"/chat/rooms/(\d+)", page)[1])
    for member in members:
        member.pages = [one.format(room=room) for one in PAGES]
    read_by(members, 3)
    chat = Chat(server.base_url, room, *members)
    quiet, before = read_by(members, QUIET), memory(server.process.pid)[0]
    heard, machine, used = {}, os.getloadavg()[0], cpu(server.process.pid)
    beside = read_by(members, FLOOD, (chat.talk, FLOOD), (_pour, server.base_url, room, heard))
    used = cpu(server.process.pid) - used
    time.sleep(AFTER)
    after, numbers = memory(server.process.pid)[0], chat.numbers
    return {
        "quiet": p95(quiet), "beside": p95(beside), "pages": len(beside), "wrong": sum(status >= 500 for status, _ in beside),
        "before": before, "after": after, "said": chat.said, "heard": len(set(numbers)), "in_order": numbers == sorted(set(numbers)),
        "answers": heard, "load": machine, "cpu": used,
    }  # fmt: skip


def _pour(base, room, heard):
    command = [sys.executable, "-m", "tests.load.flooding", base, room, FLOOD]
    told = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True)
    heard.update(json.loads(told.stdout or "{}"))
    if told.returncode:
        sys.stderr.write(told.stderr)


def measure(folder, store):
    subprocess.run(
        [store.bin / "createdb", "-h", "127.0.0.1", "-p", str(store.port), "-U", "postgres", "flood"],
        check=True,
    )
    found = {}
    for name, url in {"PostgreSQL": store.url("flood"), "SQLite": f"sqlite:///{folder}/flood.sqlite"}.items():
        (place := Path(folder) / f"flood-{name}").mkdir()
        LiveServer(place, database_url=url).prepare().flask("demo", "load")
        found[name] = beside_flood(place, url)
    return found


def main():
    from tests.load import flood_report

    with tempfile.TemporaryDirectory(prefix="cityexchange-flood-") as folder, PostgreSQL() as store:
        found = measure(folder, store)
    page = ROOT / "docs" / "scale.md"
    section = flood_report.table(found)
    page.write_text(flood_report.with_section(page.read_text(), section))
    sys.stdout.write(section)


if __name__ == "__main__":
    main()

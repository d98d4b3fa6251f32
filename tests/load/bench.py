"""`make bench`: our pages and live lines beside the floor and the Node reference, in interleaved rounds; writes docs/scale.md.

    python -m tests.load.bench [--quick] [--only "topic page,reply"] [--no-live] [--no-write]

Ratios and CPU per request are what holds from machine to machine; nothing here passes or fails.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import patience
from tests.load import bell, crowds, digests, flood, flood_report, report
from tests.load.measuring import cell, live_cell, memory
from tests.load.rights import lost_rights
from tests.load.saved import POSTERS, saved_cell
from tests.load.sides import Reader, Side, floor_loads, growth_side, member_loads, visitor_loads
from tests.services import ROOT, LiveServer, PostgreSQL, Service, find_program, free_port

patience.PATIENCE = 180  # a machine that has other work to do starts late
TENFOLD = ("--topics", "20000", "--posts", "500000")
LIVE_CELLS = ((200, 20), (1_000, 10))


def bare_gunicorn(port, app):
    """As deploy/gunicorn.conf.py, without what it makes ready for the whole application."""
    settings = ["-k", "gevent", "--worker-connections", "20000", "--backlog", "2048", "--keep-alive", "30"]
    return [sys.executable, "-m", "gunicorn", *settings, "-b", f"127.0.0.1:{port}", app]


class Floor(Service):
    def __init__(self, folder, database_url):
        super().__init__(folder)
        self.database_url = database_url

    def command(self):
        return bare_gunicorn(self.port, "tests.load.floor_app:app")

    def environment(self):
        return {**os.environ, "DATABASE_URL": self.database_url}

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self.port}"


def our_server(folder, database_url, *size):
    # One member replies at full speed here; elsewhere that is what limits are for.
    server = LiveServer(folder, database_url=database_url, WRITE_LIMIT_FACTOR="1000000").prepare()
    began = time.monotonic()
    server.flask("demo", "volume", *size)
    return server.start(), time.monotonic() - began


def sides(name, server, floor, store):
    stores = [store.process.pid] if store else []
    ours = [server.process.pid, *stores]
    return {
        f"{name} visitor": Side(server.base_url, ours, visitor_loads()),
        f"{name} member": Side(server.base_url, ours, member_loads(server.base_url)),
        f"{name} floor": Side(floor.base_url, [floor.process.pid, *stores], floor_loads()),
    }


def measure_pages(all_sides, options, folder):
    found = {}
    pages = list(dict.fromkeys(page for side in all_sides.values() for page in side.loads))
    wanted = [page for page in pages if not options.only or page in options.only.split(",")]
    for page in wanted:  # warm: the first answers compile templates and fill caches
        for name, side in all_sides.items():
            if page in side.loads:
                warm(page, name, *side.loads[page].run(side.base, 1, 4, folder))
    for turn in range(options.rounds):
        for page in wanted:
            for name, side in all_sides.items():
                if page in side.loads:
                    many = 1 if page == "reply" else 16
                    one = cell(side.loads[page], side.base, side.pids, options.seconds, many, folder)
                    found.setdefault((page, name), []).append(one)
                    say(
                        f"{turn + 1} {page:24s} {name:20s} {one['cpu_ms']:7.2f} ms CPU  {one['kb']:6.1f} KB  {one['wrong']} wrong"
                    )
    return {key: middle(cells) for key, cells in found.items()}


def warm(page, name, count, wrong, *_rest):
    """Nothing is measured beside a server that refuses: it would look quick, and may hold what the others wait for."""
    if wrong or not count:
        raise SystemExit(
            f"{name}, {page}: {wrong} of {count} answers are wrong. Look at its log before measuring."
        )


def measure_growth(kinds, facts, running, options, folder):
    """{(page, "usual" or "tenfold" on a database): what it costs a member there}"""
    all_sides = {}
    if options.no_growth or options.only:
        return all_sides
    for name, (url, store) in kinds.items():
        (folder / f"{name}-tenfold").mkdir()
        # The database's name is the last part of both kinds of address.
        server, _ = our_server(folder / f"{name}-tenfold", f"{url}_tenfold", *TENFOLD)
        running.append(server)
        all_sides[f"{name} usual"] = growth_side(facts[name]["server"], store)
        all_sides[f"{name} tenfold"] = growth_side(server, store)
    return measure_pages(all_sides, options, folder)


def measure_saved(all_sides, kinds, options):
    """{database: what a saved message costs there}"""
    found = {}
    if options.no_live or options.only:
        return found
    for name in kinds:
        side = all_sides[f"{name} member"]
        readers = [Reader(side.base, f"m{number:04}@volume.example") for number in range(2, 2 + POSTERS)]
        rounds = [
            saved_cell(side.base, readers, side.pids, options.seconds + 2) for _ in range(options.rounds)
        ]
        found[name] = middle(rounds)
        say(f"saved message {name:12s} {found[name]}")
    return found


def middle(cells):
    return {name: statistics.median(cell[name] for cell in cells) for name in cells[0]}


def measure_live(options, folder):
    program = Path(ROOT) / "build" / "live_load"
    program.parent.mkdir(exist_ok=True)
    subprocess.run(["gcc", "-O2", "-o", program, ROOT / "tests" / "load" / "live_load.c"], check=True)
    found = {}
    for _turn in range(options.rounds):
        for clients, pace in LIVE_CELLS:
            for name, (command, extra) in live_servers().items():
                one = live_cell(
                    program, command, clients, pace, options.seconds + 2, folder, {**os.environ, **extra}
                )
                found.setdefault((clients, pace, name), []).append(one)
                say(
                    f"{clients} x {pace}/s {name:10s} {one['us']:6.1f} us  p99 {one['p99']:.0f} ms  {one['delivered']}/{one['expected']}"
                )
    return {key: middle(cells) for key, cells in found.items()}


def live_servers():
    """Commands that end with their port; gunicorn reads its own from --bind."""
    port = free_port()
    ours = [*bare_gunicorn(port, "tests.load.live_app:app"), port]
    return {
        "ours": (ours, {}),
        "stock": (ours, {"LIVE_FANOUT": "stock"}),
        "Node": ([shutil.which("node"), str(ROOT / "tests" / "load" / "reference.mjs"), port], {}),
    }


def say(words):
    print(words, flush=True)  # noqa: T201


def chosen():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round: about two minutes")
    parser.add_argument("--only", default="", help="pages by name, with commas")
    parser.add_argument("--no-live", action="store_true")
    parser.add_argument("--no-growth", action="store_true", help="not at ten times the volume")
    parser.add_argument("--no-sqlite", action="store_true")
    parser.add_argument("--no-write", action="store_true", help="print, and leave docs/scale.md alone")
    options = parser.parse_args()
    options.rounds, options.seconds = (1, 2) if options.quick else (3, 4)
    return options


def missing():
    """What is not on this machine, as the packages that bring it."""
    needs = {"postgresql-15": find_program("postgresql"), "wrk": shutil.which("wrk"), "gcc": shutil.which("gcc"),
             "nodejs": shutil.which("node"), "redis-server": find_program("redis")}  # fmt: skip
    return [package for package, place in needs.items() if not place]


def main():
    options = chosen()
    if lacking := missing():
        raise SystemExit(
            f"The benchmarks need these Debian packages: {' '.join(lacking)}. Install them and start again."
        )
    with tempfile.TemporaryDirectory(prefix="cityexchange-bench-") as folder, PostgreSQL() as store:
        for name in ("bench", "bench_tenfold", "rights"):
            words = ["-h", "127.0.0.1", "-p", str(store.port), "-U", "postgres", name]
            subprocess.run([store.bin / "createdb", *words], check=True)
        pages, facts, saved, growth, crowded = measure_databases(options, Path(folder), store)
        live = {} if options.no_live else measure_live(options, folder)
        lost = {} if options.no_live else lost_rights(folder, store.url("rights"), 10 * options.rounds)
        flooded = {} if options.no_live else flood.measure(folder, store)
        letters = {} if options.only else digests.measure_each(Path(folder), store, members_for(options))
        bells = {} if options.only else bell.measure_each(Path(folder), store, rounds_for(options))
    text = report.page(pages, live, facts, saved, lost, growth, crowded, options)
    if bells:
        text = flood_report.with_section(text, bell.table(bells))
    if letters:
        text = flood_report.with_section(text, digests.table(letters))
    if flooded:
        text = flood_report.with_section(text, flood_report.table(flooded))
    say(text)
    if not options.no_write and not options.only:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "scale.md").write_text(text)


def rounds_for(options):
    return bell.FEW if options.quick else bell.ROUNDS


def members_for(options):
    return digests.FEW if options.quick else digests.MEMBERS


def measure_databases(options, folder, store):
    kinds = {"PostgreSQL": (store.url("bench"), store)}
    if not options.no_sqlite:
        kinds["SQLite"] = (f"sqlite:///{folder}/volume.sqlite", None)
    running, all_sides, facts = [], {}, {}
    try:
        for name, (url, its_store) in kinds.items():
            (folder / name).mkdir()
            server, seconds = our_server(folder / name, url)
            running.append(server)
            running.append(floor := Floor(folder / name, url).start())
            facts[name] = {
                "loading": seconds,
                "empty": memory(server.process.pid),
                "server": server,
                "floor": floor,
            }
            all_sides |= sides(name, server, floor, its_store)
        pages = measure_pages(all_sides, options, folder)
        for fact in facts.values():
            fact["full"] = memory(fact["server"].process.pid)
        saved = measure_saved(all_sides, kinds, options)
        growth = measure_growth(kinds, facts, running, options, folder)
        crowded = crowds.measure(facts, options, folder)
        for fact in facts.values():
            fact["live"] = memory(fact.pop("server").process.pid)
            fact["floor"] = memory(fact["floor"].process.pid)
        return pages, facts, saved, growth, crowded
    finally:
        for service in running:
            service.stop()


if __name__ == "__main__":
    main()

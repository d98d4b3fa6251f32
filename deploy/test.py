"""Every test, in parallel and in random order: on SQLite, and on PostgreSQL again whatever a database stands behind.

    python3 deploy/test.py [whatever pytest understands]
    DATABASES=sqlite python3 deploy/test.py tests/forums -k close
    python3 deploy/test.py -n 1                 one process instead of two a core; a small part has one unasked

What fails among the others is run again, alone. What passes then hangs on the machine: it is listed, and a few are forgiven.
Standard library only. Installs with apt what the tests need when it may (root), and else tells what is left out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from plain import PYTHON, ROOT, Trouble, plainly, say
from setup import set_up

sys.path.insert(0, str(ROOT))
from tests.services import PROGRAMS, find_program  # noqa: E402

POLICY = Path("/usr/sbin/policy-rc.d")
KEPT = ROOT / "build" / "test"
UNSTEADY = KEPT / "passed-only-alone.txt"
MOST_UNSTEADY = 3
"""Tests of one run, over all databases, that may pass only when run alone. More of them, and the suite tells nothing."""
MOST_AGAIN = 40
A_SMALL_PART = 150


@plainly
def main():
    set_up(dev=True)
    install_missing(missing())
    for name in (still := missing()):
        say(
            f"{name} is missing and this account may not install it: the tests that need it are skipped by name."
        )
    if still and os.environ.get("CI"):
        raise Trouble(f"In CI nothing may be skipped, and {', '.join(still)} could not be installed.")
    suites = [
        Suite(database, sys.argv[1:], is_first=number == 0)
        for number, database in enumerate(databases(still))
    ]
    for suite in suites:
        suite.run()
    sys.exit(conclude(suites))


def missing():
    return [name for name in PROGRAMS if not find_program(name)]


def databases(missing):
    wanted = (os.environ.get("DATABASES") or "sqlite postgresql").replace(",", " ").split()
    if "postgresql" in wanted and "postgresql" in missing:
        say("PostgreSQL is missing: the suite runs on SQLite alone.")
        wanted.remove("postgresql")
    return wanted


def install_missing(names):
    packages = [package for name in names for package in PROGRAMS[name].packages]
    if not packages or os.geteuid() != 0 or not Path("/usr/bin/apt-get").exists():
        return
    say(f"Installing {', '.join(names)} ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with no_services_started():
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            done = subprocess.run(
                ["apt-get", "-qq", *command], env=environment, capture_output=True, text=True
            )
            if done.returncode:
                say(f"apt-get {command[0]} failed: {(done.stderr or done.stdout).strip().splitlines()[-1]}")


class no_services_started:
    """The packages bring servers that Debian would start at once, on their usual ports; the tests start their own."""

    def __enter__(self):
        self.is_ours = not POLICY.exists()
        if self.is_ours:
            POLICY.write_text("#!/bin/sh\nexit 101\n")
            POLICY.chmod(0o755)

    def __exit__(self, *_):
        if self.is_ours:
            POLICY.unlink()


class Suite:
    """All tests on one database. `unsteady`: those that passed only when run alone."""

    def __init__(self, database, arguments, is_first):
        self.database, self.arguments = database, arguments
        self.cache = KEPT / database
        only = {} if is_first else {"CITYEXCHANGE_TEST_ONLY": "database"}
        self.environment = {**os.environ, "CITYEXCHANGE_TEST_DATABASE": database, **only}
        self.unsteady, self.code = [], 0

    def run(self):
        shutil.rmtree(self.cache, ignore_errors=True)
        say(f"\nThe suite on {self.database}")
        with Stopwatch() as self.spent:
            self.code = self.pytest(
                "-n", processes(self.arguments), "--dist", "worksteal", "--durations=15", *self.arguments
            )
            failed = self.failed()
            if self.code == 1 and 0 < len(failed) <= MOST_AGAIN:
                self.run_again(failed)

    def run_again(self, failed):
        say(f"\nWhat failed on {self.database}, once more and alone")
        self.code = self.pytest(
            "-n", "0", "-p", "no:randomly", "--continue-on-collection-errors", *sorted(failed)
        )
        self.unsteady = sorted(failed - self.failed())

    def pytest(self, *arguments):
        command = [PYTHON, "-m", "pytest", "-o", f"cache_dir={self.cache}", *arguments]
        return subprocess.run([str(word) for word in command], cwd=ROOT, env=self.environment).returncode

    def failed(self):
        """As pytest itself remembers them for --last-failed."""
        remembered = self.cache / "v" / "cache" / "lastfailed"
        return set(json.loads(remembered.read_text())) if remembered.exists() else set()


class Stopwatch:
    """Seconds by the clock, and of CPU: user and system, of all processes that were begun and waited for meanwhile."""

    def __enter__(self):
        self.began, self.before = time.monotonic(), os.times()
        return self

    def __exit__(self, *_):
        after = os.times()
        self.seconds = time.monotonic() - self.began
        self.cpu = sum(after[2:4]) - sum(self.before[2:4])

    def __str__(self):
        return f"{self.seconds:.0f} s, {self.cpu:.0f} s of CPU"


def conclude(suites):
    """Says what it took and who was unsteady; gives the exit code."""
    unsteady = [f"{test} ({suite.database})" for suite in suites for test in suite.unsteady]
    UNSTEADY.parent.mkdir(parents=True, exist_ok=True)
    UNSTEADY.write_text("".join(f"{line}\n" for line in unsteady))
    if unsteady:
        say("\nPassed only when run alone: each is a fault of the test, to be mended")
        for line in unsteady:
            say(f"  {line}")
    for suite in suites:
        say(f"{suite.database}: {suite.spent}")
    if len(unsteady) > MOST_UNSTEADY:
        say(f"More than {MOST_UNSTEADY} tests passed only when run alone, so the run counts as failed.")
        return 1
    # A run that something ended by a signal has a code below nothing.
    return 1 if any(suite.code < 0 for suite in suites) else max(suite.code for suite in suites)


def processes(arguments):
    """Two a core, for half of its time a test waits: for a browser, a server, a line. But no more than have a gigabyte each.

    None beside pytest's own (0) for a part that is over before the others would have loaded the application.
    """
    named = [place for word in arguments if (place := ROOT / word.split("::")[0]) != ROOT and place.exists()]
    if named and sum(map(tests_in, named)) <= A_SMALL_PART:
        return 0
    cores = os.cpu_count() or 1
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return max(cores, min(2 * cores, gigabytes))


def tests_in(place):
    files = place.rglob("test_*.py") if place.is_dir() else [place]
    return sum(len(re.findall(r"^def test_", file.read_text(), re.MULTILINE)) for file in files)


if __name__ == "__main__":
    main()

"""Every test, on SQLite and again on PostgreSQL, in parallel and in random order.

    python3 deploy/test.py [whatever pytest understands]
    DATABASES=sqlite python3 deploy/test.py tests/forums -k close
    python3 deploy/test.py -n 1                 one process instead of two a core

Standard library only. Installs with apt what the tests need when it may (root), and else tells what is left out.
"""

import os
import subprocess
import sys
from pathlib import Path

from plain import PYTHON, ROOT, Trouble, plainly, say
from setup import set_up

sys.path.insert(0, str(ROOT))
from tests.services import PROGRAMS, find_program  # noqa: E402

POLICY = Path("/usr/sbin/policy-rc.d")


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
    results = [run_suite(database, sys.argv[1:]) for database in databases(still)]
    sys.exit(max(results))


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


def run_suite(database, arguments):
    say(f"\nThe suite on {database}")
    environment = {**os.environ, "CITYEXCHANGE_TEST_DATABASE": database}
    command = [PYTHON, "-m", "pytest", "-n", processes(), "--dist", "worksteal", *arguments]
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment).returncode


def processes():
    """Two a core, for half of its time a test waits: for a browser, a server, a line. But no more than have a gigabyte each."""
    cores = os.cpu_count() or 1
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return max(cores, min(2 * cores, gigabytes))


if __name__ == "__main__":
    main()

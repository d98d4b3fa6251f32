"""What the set-up's scripts share: where things are, and how they speak. Standard library only.

This file must stay readable by an old Python, so that it can say in a sentence that the Python is too old.
"""

import os
import subprocess
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "This Python is %d.%d and 3.11 or newer is needed; if you have one, name it: make run PYTHON=python3.12"
        % sys.version_info[:2]
    )

import functools
import hashlib
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class Trouble(Exception):
    """Something the person at the keyboard can mend, said in one plain sentence."""


def plainly(main):
    """Runs `main` so that trouble ends in one sentence and exit code 1, never in a traceback."""

    @functools.wraps(main)
    def spoken():
        try:
            return main()
        except Trouble as trouble:
            sys.exit(str(trouble))
        except KeyboardInterrupt:
            sys.exit("Stopped; run the same command again and it goes on where it was.")
        except PermissionError as error:
            sys.exit(
                f"This account may not write to {error.filename}; give it that right, or use a folder of its own."
            )

    return spoken


def say(sentence):
    print(sentence, flush=True)


def run(command, otherwise, **options):
    """Runs a command quietly; when it fails, its last words follow `otherwise`."""
    try:
        done = subprocess.run([str(c) for c in command], cwd=ROOT, text=True, capture_output=True, **options)
    except OSError as error:
        raise Trouble(f"{otherwise} ({error.strerror}: {command[0]})") from None
    if done.returncode:
        words = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        errors = [line for line in words if "error" in line.lower()] or words or ["no reason given"]
        raise Trouble(f"{otherwise} It said: {errors[-1][:300]}")
    return done.stdout


def fingerprint(*files):
    """One hash for the content of all these files; a missing one counts as empty."""
    sums = hashlib.sha256()
    for file in files:
        sums.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return sums.hexdigest()


def write_whole(path, content):
    """Writes a file so that nobody ever finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


@contextmanager
def alone(name):
    """Waits until no other set-up works in this folder. The lock ends with the process, however it ends."""
    import fcntl  # not on every system that can read the sentence above

    (ROOT / "build").mkdir(exist_ok=True)
    with open(ROOT / "build" / f"{name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield

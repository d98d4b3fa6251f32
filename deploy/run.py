"""`make run`: everything, from a fresh clone to a living community, and one sentence when it cannot be.

    [HOST=127.0.0.1] [PORT=8000] python3 deploy/run.py

Standard library only: it makes the environment that the rest runs in, then watches the web server and the worker.
"""

import errno
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from plain import PYTHON, ROOT, Trouble, plainly, say
from setup import set_up

SECONDS_OF_SILENCE = 30
SECONDS_TO_END = 8
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
asked_to_end = []  # a list, not an Event: a second signal inside the first must find no lock


class Stopped(Exception):
    """The person, or the machine, asked us to end."""


@plainly
def main():
    door = take_the_door(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")
    check_data_folder(Path(os.environ.get("DATA_FOLDER") or ROOT / "instance"))
    set_up()
    base = address(door)
    os.environ["BASE_URL"] = os.environ.get("BASE_URL") or base
    for stop in STOPS:
        signal.signal(stop, lambda number, _: asked_to_end.append(number))
    household = []
    try:
        prepare(household)
        household.append(start_web(door))
        wait_until_it_answers(base, household)
        household.append(start_worker())  # after it: two that load at once are both slow
        welcome(os.environ["BASE_URL"])
        watch(household)
    except Stopped:
        say("\nEnding ...")
    finally:
        end(household)


def pause(seconds):
    """Sleeps, unless we are to end. The handler only raises a flag: an exception out of it could strike anywhere."""
    time.sleep(seconds)
    if asked_to_end:
        raise Stopped


def take_the_door(host, port):
    """Our listening socket, taken first: a taken port is told before a minute of installing, not after."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(
            f"PORT must be a number from 1 to 65535 and is {port!r}; for example: PORT=8001 make run"
        )
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(where)
        door.listen(128)
        return door
    except socket.gaierror:
        raise Trouble(
            f"HOST {host!r} is not known on this machine; leave it out to serve 127.0.0.1."
        ) from None
    except OSError as error:
        raise Trouble(refusal(error, host, port)) from None


def refusal(error, host, port):
    another = f"choose another: PORT={int(port) + 1 if 1023 < int(port) < 65535 else 8000} make run"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program; {another}"
    if error.errno == errno.EACCES:
        return f"This account may not serve on port {port}; {another}"
    return f"{host}:{port} cannot be served ({error.strerror}); leave HOST out to serve 127.0.0.1."


def check_data_folder(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be written ({error.strerror}); make it a folder this account may write to."
        ) from None


def address(door):
    host, port = door.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{host}:{port}"


def prepare(household):
    """Migrations and, on an empty database, the community: in a process of its own, which speaks for itself."""
    preparing = start("preparation", [PYTHON, ROOT / "deploy" / "prepare.py"])
    household.append(preparing)
    while preparing.poll() is None:
        pause(0.02)
    household.remove(preparing)
    if preparing.returncode:
        raise Trouble("The database could not be prepared; the lines above say why.")


def start_web(door):
    command = [
        PYTHON,
        "-m",
        "gunicorn",
        "--config",
        ROOT / "deploy" / "gunicorn.conf.py",
        "--bind",
        f"fd://{door.fileno()}",
        "wsgi:app",
    ]
    web = start("web server", command, pass_fds=[door.fileno()])
    door.close()  # it is the web server's now
    return web


def start_worker():
    return start("worker", [PYTHON, "-m", "flask", "--app", "wsgi", "worker"])


def start(name, command, **options):
    # A session of its own: a Ctrl-C in the terminal reaches us alone, and we end both in order.
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **options)
    process.name = name
    return process


def wait_until_it_answers(base, household):
    """However long it takes while the processes live: a machine may be busy, and only the person knows for how long."""
    silent_until = time.monotonic() + SECONDS_OF_SILENCE
    while not answers(base):
        insist_on_life(household)
        if time.monotonic() > silent_until:
            say("The web server is still starting; this machine seems to be busy. Ctrl-C ends it.")
            silent_until = math.inf
        pause(0.05)


def answers(base):
    try:
        urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True  # a site that is known by another name refuses this one, and so has answered
    except OSError:
        return False
    return True


def welcome(base):
    password = os.environ.get("DEMO_PASSWORD") or "cityexchange"
    say(f"\nCity Exchange is open at {base}")
    if os.environ.get("CITYEXCHANGE_ENV", "development") == "development":
        say("The community in it is illustrative. On the first page, press one of six names to sign in,")
        say(f"or sign in as amina@tangier.example with the password {password}.")
        say("Mails that would be sent can be read at /dev/mail.")
    say("Ctrl-C ends it.\n")


def watch(household):
    while True:
        insist_on_life(household)
        pause(0.2)


def insist_on_life(household):
    for process in household:
        if process.poll() is not None:
            raise Trouble(
                f"The {process.name} ended by itself (code {process.returncode}), so the rest was ended too; the lines above say why."
            )


def end(household):
    for process in household:
        if process.poll() is None:
            process.terminate()
    for process in household:
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
    sys.exit(0)

"""`make run` in the words of the person who types it: what it says when it cannot, and how it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.prepared import made_files
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.no_app


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A working copy that borrows everything from this one: what is launched from it can change nothing here."""
    house = tmp_path_factory.mktemp("house")
    for entry in ROOT.iterdir():
        if entry.name not in {".git", "deploy", "static", "instance", "build"}:
            (house / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "deploy", house / "deploy")  # its scripts take their own place for the root
    (house / "static").mkdir()
    for entry in (ROOT / "static").iterdir():
        (house / "static" / entry.name).symlink_to(entry)
    return house


def launch(**settings):
    # Each of these is refused before anything is set up.
    environment = {**os.environ, "PORT": str(free_port()), **settings}
    return subprocess.run(
        [sys.executable, ROOT / "deploy" / "run.py"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def assert_is_one_plain_sentence(done, *words):
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


def test_a_taken_port_is_told_with_the_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert_is_one_plain_sentence(launch(PORT=str(port)), f"Port {port}", "taken", "make run")


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_a_port_that_is_none_is_told(port):
    assert_is_one_plain_sentence(launch(PORT=port), "PORT must be a number")


def test_an_unknown_host_is_told():
    assert_is_one_plain_sentence(launch(HOST="192.0.2.1"), "192.0.2.1", "HOST")


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    assert_is_one_plain_sentence(
        launch(DATA_FOLDER=str(tmp_path / "file" / "data")), "data folder", str(tmp_path)
    )


def test_an_old_python_is_told():
    """What an old Python would hear: the sentence, not a SyntaxError. The file is read with the grammar of 3.7."""
    import ast

    text = (ROOT / "deploy" / "plain.py").read_text()
    told = text[: text.index("import functools")]
    ast.parse(told, feature_version=(3, 7))
    told = told.replace("import sys\n", "import sys\nsys.version_info = (3, 9)\n", 1)
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True)
    assert_is_one_plain_sentence(done, "3.9", "3.11 or newer")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_asked(ending, house, tmp_path):
    running = start(house, tmp_path)
    wait_for_welcome(running)
    running.send_signal(ending)
    running.send_signal(signal.SIGTERM)  # make hands on what the terminal sent already
    assert running.wait(PATIENCE) == 0
    assert not children_left(running)


def test_when_one_dies_the_other_is_ended_and_the_person_is_told(house, tmp_path):
    running = start(house, tmp_path)
    wait_for_welcome(running)
    os.kill(children(running)["worker"], signal.SIGKILL)
    _, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert "The worker ended by itself" in errors
    assert not children_left(running)


def test_a_site_that_is_known_by_another_name_is_seen_to_answer(house, tmp_path):
    running = start(house, tmp_path, BASE_URL="https://exchange.example")
    wait_for_welcome(running)
    running.terminate()
    running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert "open at https://exchange.example" in running.heard


def start(house, folder, **more):
    """As a second start: what the application makes once of its libraries lies in the data folder."""
    made_files(folder)
    database = f"sqlite:///{folder}/cityexchange.sqlite"
    # Not the development setting: an empty house starts faster than a community moves in.
    settings = {
        "PORT": str(free_port()),
        "DATA_FOLDER": str(folder),
        "DATABASE_URL": database,
        "CITYEXCHANGE_ENV": "test",
        "BASE_URL": "",
    }
    environment = {**os.environ, **settings, **more, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, house / "deploy" / "run.py"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for_welcome(running):
    running.heard = ""
    for line in running.stdout:
        running.heard += line
        if "Ctrl-C ends it" in line:
            running.family = children(running)
            return
    raise AssertionError(running.stderr.read())


def children(running):
    """The pids of the web server and the worker, by name."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(running.pid)], capture_output=True, text=True
    ).stdout
    rows = [row.split(None, 1) for row in listed.splitlines()]
    return {
        name: int(pid)
        for pid, args in rows
        for name in ("gunicorn", "worker")
        if name in args.split("--config")[0]
    }


def children_left(running):
    return [pid for pid in running.family.values() if Path(f"/proc/{pid}").exists()]

"""The set-up does each step once, again when its sources changed or it was cut off, and never touches what is borrowed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

pytestmark = pytest.mark.no_app
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
sys.path.append(str(DEPLOY))

import setup  # noqa: E402


@pytest.fixture
def step(tmp_path):
    (tmp_path / "lock").write_text("flask")
    (tmp_path / "made").mkdir()
    step = setup.Step(
        lambda: (tmp_path / "made" / "result").write_text((tmp_path / "lock").read_text()),
        tmp_path / "made" / "stamp",
        [tmp_path / "lock"],
        [tmp_path / "made" / "result"],
    )
    step.do()
    return step


def test_a_finished_step_is_not_done_again(step):
    step.results[0].write_text("as it was")
    step.do()
    assert step.results[0].read_text() == "as it was"


def test_a_changed_lock_is_followed(step):
    step.sources[0].write_text("flask, gevent")
    step.do()
    assert step.results[0].read_text() == "flask, gevent"


def test_a_lost_result_is_made_again(step):
    step.results[0].unlink()
    step.do()
    assert step.results[0].exists()


def test_a_step_that_was_cut_off_is_done_again(step):
    def is_cut_off():
        step.results[0].write_text("half")
        raise KeyboardInterrupt

    whole, step.make = step.make, is_cut_off
    step.sources[0].write_text("flask, gevent")
    with pytest.raises(KeyboardInterrupt):
        step.do()
    step.make = whole
    step.do()
    assert step.results[0].read_text() == "flask, gevent"


def test_a_borrowed_folder_is_never_written_through(tmp_path, step):
    """A working copy may link .venv to another's. Filling or clearing it from here would break the other."""
    (tmp_path / "link").symlink_to(tmp_path / "made")
    step.stamp = tmp_path / "link" / "stamp"
    step.sources[0].write_text("something else")
    step.do()
    assert step.results[0].read_text() == "flask"


@pytest.mark.parametrize("runner", ["its own Python", "another Python"])
def test_an_environment_that_works_is_left_as_it_is(runner, tmp_path):
    """Also when the set-up runs in that very environment, and when it bears no stamp of ours."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    binaries = tmp_path / ".venv" / "bin"
    (binaries / "pip").write_text("")
    before = {path: path.lstat().st_mtime_ns for path in (tmp_path / ".venv").rglob("*")}
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    python = binaries / "python" if runner == "its own Python" else sys.executable
    program = "from setup import make_environment; make_environment()"
    subprocess.run([python, "-c", program], cwd=tmp_path / "deploy", check=True)
    assert {path: path.lstat().st_mtime_ns for path in (tmp_path / ".venv").rglob("*")} == before


def test_a_link_to_a_python_that_is_gone_is_mended(tmp_path):
    shutil.copytree(DEPLOY, tmp_path / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(tmp_path / "gone")
    (tmp_path / ".venv" / "mine").write_text("kept")
    program = "from setup import make_environment; make_environment()"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path / "deploy", check=True)
    subprocess.run([binaries / "python", "-m", "pip", "--version"], check=True)
    assert (tmp_path / ".venv" / "mine").exists()


def test_two_at_once_do_the_work_once(tmp_path):
    program = """
import sys
from pathlib import Path
folder = Path(sys.argv[1])
import plain
plain.ROOT = folder
from setup import Step, alone

def make():
    print("making", flush=True)
    sys.stdin.read()
    with open(folder / "made", "a") as file:
        file.write("once ")

with alone("setup"):
    Step(make, folder / "stamp", []).do()
"""
    command = [sys.executable, "-c", program, tmp_path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    first = subprocess.Popen(command, cwd=DEPLOY, **pipes)
    assert first.stdout.readline() == "making\n"
    second = subprocess.Popen(command, cwd=DEPLOY, **pipes)
    assert "waiting for it" in second.stdout.readline()
    told = [process.communicate(timeout=PATIENCE)[0] for process in (first, second)]
    assert [process.returncode for process in (first, second)] == [0, 0]
    assert told == ["", ""]
    assert (tmp_path / "made").read_text() == "once "

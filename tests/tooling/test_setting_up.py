"""The set-up does each step once, again when its sources changed or it was cut off, and never touches what is borrowed."""

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_two_at_once_do_the_work_once(tmp_path):
    program = """
import sys, time
from pathlib import Path
folder = Path(sys.argv[1])
import plain
plain.ROOT = folder
from setup import Step, alone

def make():
    time.sleep(0.5)
    with open(folder / "made", "a") as file:
        file.write("once ")

with alone("setup"):
    Step(make, folder / "stamp", []).do()
"""
    command = [sys.executable, "-c", program, tmp_path]
    both = [subprocess.Popen(command, cwd=DEPLOY, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    words = "".join(process.communicate(timeout=30)[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert (tmp_path / "made").read_text() == "once "
    assert "waiting for it" in words

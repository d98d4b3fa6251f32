"""What `make test` makes of tests that fail: once more and alone, a few are forgiven and all are named."""

import importlib.util
import sys

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app
STEADY = "def test_steady(): pass\n"
UNSTEADY = "import os\ndef test_unsteady_%d(): assert 'PYTEST_XDIST_WORKER' not in os.environ\n"
DEADLY = (
    "import os\ndef test_deadly(): 'postgresql' in os.environ['CITYEXCHANGE_TEST_DATABASE'] or os.abort()\n"
)
BROKEN = "def test_broken(): assert 1 == 2\n"


@pytest.fixture
def runner(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "deploy")
    spec = importlib.util.spec_from_file_location("deploy_test", ROOT / "deploy" / "test.py")
    runner = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(runner)
    return runner


@pytest.fixture
def run(runner, tmp_path, monkeypatch, capfd):
    """run(tests): the exit code of `make test` in a folder with these tests, on one database; `.said`, `.listed`."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    monkeypatch.setattr(runner, "PYTHON", sys.executable)
    monkeypatch.setattr(runner, "processes", lambda arguments: 1)
    monkeypatch.setattr(runner, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(runner, "UNSTEADY", tmp_path / "kept" / "passed-only-alone.txt")

    def run(*tests, databases=("sqlite",)):
        (tmp_path / "test_sample.py").write_text("".join(tests))
        suites = [runner.Suite(database, ["-q"], is_first=True) for database in databases]
        for suite in suites:
            suite.run()
        code = runner.conclude(suites)
        run.said, run.listed = capfd.readouterr().out, runner.UNSTEADY.read_text().splitlines()
        return code

    return run


def test_where_all_pass_nothing_is_run_again(run):
    assert run(STEADY) == 0
    assert run.listed == [] and "once more and alone" not in run.said


def test_what_passes_alone_is_forgiven_and_named(run):
    assert run(STEADY, UNSTEADY % 1) == 0
    assert run.listed == ["test_sample.py::test_unsteady_1 (sqlite)"]
    assert "Passed only when run alone" in run.said
    assert "test_steady" not in run.said.split("once more and alone")[1], "what passed is not run again"


def test_more_than_a_few_of_these_fail_the_run(run):
    assert run(*(UNSTEADY % n for n in range(4))) == 1
    assert len(run.listed) == 4


def test_what_fails_alone_fails_the_run(run):
    assert run(STEADY, UNSTEADY % 1, BROKEN) == 1
    assert run.listed == ["test_sample.py::test_unsteady_1 (sqlite)"]


def test_what_takes_its_process_with_it_when_alone_fails_the_run_whatever_another_database_says(run):
    code = run(STEADY, DEADLY, databases=("sqlite", "postgresql"))
    assert code == 1


def test_a_file_that_cannot_be_read_fails_the_run(run):
    assert run(STEADY, "import no_such_module\n") == 1


def test_seconds_by_the_clock_and_of_cpu_stand_at_the_end(run):
    run(STEADY)
    assert "s of CPU" in run.said.splitlines()[-1]


@pytest.mark.parametrize("arguments", (["-q"], ["-k", "close"], ["tests"], ["."]))
def test_all_tests_share_the_cores(runner, arguments):
    assert runner.processes(arguments) >= 1


@pytest.mark.parametrize(
    "part", ("tests/tooling", "tests/tooling/test_running.py", "tests/tooling/test_running.py::run")
)
def test_a_small_part_begins_in_the_process_that_is_there(runner, part):
    assert runner.processes([part, "-x"]) == 0

"""Where a program is missing a test is skipped by name; in CI that makes the run fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.session import SKIPPED_IN_CI

pytestmark = pytest.mark.no_app
ROOT = Path(__file__).resolve().parents[2]
TEST = """
import pytest

@pytest.mark.needs("nginx")
def test_behind_a_proxy():
    pass

def test_alone():
    pass
"""


def run_suite(folder, **settings):
    (folder / "test_sample.py").write_text(TEST)
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    # A machine without nginx: the table of programs looks where there is nothing.
    (folder / "conftest.py").write_text(
        "import tests.services as services\n"
        "services.PROGRAMS['nginx'] = services.Program([], ['no-such-program'])\n"
        "pytest_plugins = ['tests.session']\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CITYEXCHANGE_TEST_DATABASE": "sqlite", **settings}
    command = [sys.executable, "-m", "pytest", "test_sample.py", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_a_missing_program_skips_by_name(tmp_path):
    done = run_suite(tmp_path, CI="")
    assert done.returncode == 0
    assert "needs nginx" in done.stdout
    assert "1 passed, 1 skipped" in done.stdout


@pytest.mark.parametrize("parallel", ["0", "2"])
def test_in_ci_a_skip_fails_and_is_named(parallel, tmp_path):
    done = run_suite(tmp_path, CI="true", PYTEST_ADDOPTS=f"-n {parallel}")
    assert done.returncode == SKIPPED_IN_CI
    assert "In CI nothing may be skipped" in done.stdout
    assert "test_behind_a_proxy" in done.stdout

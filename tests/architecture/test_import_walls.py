"""What import-linter must refuse, each shown to be refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_app
ROOT = Path(__file__).resolve().parents[2]

# A file and what is added to it.
REACHING = {
    "a feature reaches up": ("cityexchange/core/policy.py", "import cityexchange.members.models\n"),
    "a sibling reaches its sibling": (
        "cityexchange/themes/models.py",
        "import cityexchange.languages.models\n",
    ),
    "a package stands in no layer": ("cityexchange/blog/__init__.py", ""),
    "a model knows the web": ("cityexchange/cities/models.py", "import flask\n"),
    "a policy knows a form": ("cityexchange/members/policy.py", "import cityexchange.members.forms\n"),
}


def imports_are_kept(folder):
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


@pytest.fixture
def package(tmp_path):
    shutil.copytree(
        ROOT / "cityexchange", tmp_path / "cityexchange", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_imports_are_kept_as_they_are(package):
    assert imports_are_kept(package)


@pytest.mark.parametrize("breach", REACHING)
def test_an_import_that_reaches_where_it_should_not_is_refused(breach, package):
    name, added = REACHING[breach]
    (package / name).parent.mkdir(exist_ok=True)
    with open(package / name, "a") as module:
        module.write(added)
    assert not imports_are_kept(package)

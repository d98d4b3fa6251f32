"""Which tests `make quick` chooses, and from which commit on."""

import subprocess
import sys

import pytest

from tests.services import ROOT

pytestmark = pytest.mark.no_app


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "deploy")
    import quick

    return quick


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("cityexchange/forums/policy.py", ["tests/forums"]),
        ("templates/forums/topic.html", ["tests/forums"]),
        ("templates/mail/visits/new_application.txt", ["tests/mail", "tests/visits"]),
        ("static/js/features/chat/room.js", ["tests/chat", "tests/design"]),
        ("static/js/features/ui/menu.js", ["tests/design"]),
        ("static/css/components/plate.css", ["tests/design"]),
        (
            "cityexchange/migrations/versions/0001_first.py",
            ["tests/core/test_migrated_rows.py", "tests/core/test_migrations.py"],
        ),
        ("cityexchange/core/pages.py", ["tests/core"]),
        ("cityexchange/core/mail/letters.py", ["tests/core", "tests/mail"]),
        ("tests/chat/factories.py", ["tests/chat"]),
        ("tests/browser/test_chat.py", ["tests/browser/test_chat.py"]),
        ("tests/browser/networks.py", []),
        ("tests/conftest.py", ["tests/core"]),
        ("config.py", ["tests/core"]),
        ("deploy/run.py", ["tests/tooling"]),
        ("docs/tour.md", []),
        ("templates/ui/written.html", ["tests/design"]),
    ],
)
def test_a_changed_file_asks_for_the_tests_of_its_feature(quick, path, tests):
    assert sorted(quick.tests_of(path)) == tests


@pytest.fixture
def history(tmp_path, quick, monkeypatch):
    """A working copy of two commits on main."""

    def git(*words):
        who = ["-c", "user.name=A", "-c", "user.email=a@city.example"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-b", "main")
    for name in ("one", "two"):
        (tmp_path / name).write_text(name)
        git("add", name)
        git("commit", "-m", name)
    monkeypatch.setattr(quick, "ROOT", tmp_path)
    return git


def test_on_main_the_last_commit_counts(history, quick):
    assert quick.the_commit_before_this_work() == "HEAD~1"
    assert quick.changed("HEAD~1") == ["two"]


def test_on_a_branch_all_that_came_since_main_counts_and_what_is_not_committed(history, quick, tmp_path):
    history("switch", "-c", "mine")
    for name in ("three", "four"):
        (tmp_path / name).write_text(name)
        history("add", name)
        history("commit", "-m", name)
    (tmp_path / "one").write_text("changed")
    (tmp_path / "five").write_text("new")

    assert quick.the_commit_before_this_work() == "main"
    assert quick.changed("main") == ["four", "one", "three", "five"]


def test_a_file_that_moved_counts_where_it_was_too(history, quick):
    history("mv", "one", "three")
    history("commit", "-m", "move")
    assert sorted(quick.changed("HEAD~1")) == ["one", "three"]


def test_a_commit_that_is_none_is_told_in_a_sentence():
    done = subprocess.run(
        [sys.executable, ROOT / "deploy" / "quick.py"],
        env={"SINCE": "no-such-commit", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "git merge-base failed" in done.stderr and "Traceback" not in done.stderr

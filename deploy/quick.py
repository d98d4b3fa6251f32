"""The everyday tests: the walls, and the features that this working copy changed since main. SQLite, no browser.

    [SINCE=main] python3 deploy/quick.py

SINCE is what to compare with; on main itself, the commit before this one. Standard library only.
"""

import os
import re
import subprocess
import sys

from plain import PYTHON, ROOT, Trouble, plainly, say

WALLS = "tests/architecture"
# Which tests a changed file asks for; all that fit. Of the browser's tests, which are slow, the files that changed themselves,
# and those of the parts that all pages are made of.
TESTS_OF = [
    (r"cityexchange/core/(files|jobs|mail)/", r"tests/\1"),
    (r"(?:cityexchange|templates)/(\w+)/", r"tests/\1"),
    (r"templates/mail/(\w+)/", r"tests/\1"),
    (r"static/js/features/(\w+)/", r"tests/\1"),
    (r"static/(?:js|css)/|templates/(?:ui|layouts|errors)/", "tests/design"),
    (r"cityexchange/migrations/", "tests/core/test_migrations.py"),
    (r"cityexchange/migrations/", "tests/core/test_migrated_rows.py"),
    (r"(tests/(?:browser|design)/test_\w+\.py)", r"\1"),
    (r"tests/(?!browser|design)(\w+)/", r"tests/\1"),
    (r"(?:tests|cityexchange)/\w+\.py|config\.py|wsgi\.py", "tests/core"),
    (r"deploy/|Makefile|\.ci/|requirements|pyproject\.toml", "tests/tooling"),
]


@plainly
def main():
    since = os.environ.get("SINCE") or the_commit_before_this_work()
    chosen = sorted({WALLS} | {place for path in changed(since) for place in tests_of(path)})
    say(f"Changed since {since}: {' '.join(chosen)}")
    command = [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        "-n",
        str(os.cpu_count() or 1),
        "--dist",
        "worksteal",
        "--durations=5",
    ]
    if not any(name.startswith(("tests/browser/", "tests/design")) for name in chosen):
        command += ["-m", "not browser"]
    environment = {**os.environ, "CITYEXCHANGE_TEST_DATABASE": "sqlite"}
    sys.exit(subprocess.run([*map(str, command), *chosen], cwd=ROOT, env=environment).returncode)


def the_commit_before_this_work():
    return "HEAD~1" if git("rev-parse", "HEAD") == git("rev-parse", "--verify", "main") else "main"


def changed(since):
    """The paths that differ from where this work left `since`, the new ones that git does not know yet included."""
    base = git("merge-base", since, "HEAD")
    return [
        *git("diff", "--name-only", "--no-renames", base).splitlines(),
        *git("ls-files", "--others", "--exclude-standard").splitlines(),
    ]


def git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Trouble(f"git {words[0]} failed: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout.strip()


def tests_of(path):
    """The test folders (or files) of one changed file; none for papers and pictures."""
    fitting = [(found, place) for pattern, place in TESTS_OF if (found := re.match(pattern, path))]
    return [place for place in (found.expand(place) for found, place in fitting) if (ROOT / place).exists()]


if __name__ == "__main__":
    main()

"""The migrations beside the models.

python deploy/migrations.py check            fails when they do not make, from empty, exactly what the models say
python deploy/migrations.py make add_notes   the next one, with what the models say beyond them
"""

import io
import os
import re
import sys
import tempfile
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from plain import ROOT, Trouble, plainly, run, say

sys.path.insert(0, str(ROOT))

from cityexchange.migrations import VERSIONS, newest

NOISE = re.compile(r"^ *# ### .*\n", re.MULTILINE)
USAGE = "Name the migration in small letters, digits and _: make migration NAME=add_bookmarks"
READ = (
    "Read {}: its first line says what it is for, and a new column that may not be empty needs a server_default "
    "for the rows that are there."
)
# The files are read for their numbers as Alembic writes them: in single quotes.
FORMAT = ("format", "--config", "format.quote-style='single'")


@plainly
def main():
    command, *names = sys.argv[1:] or ["check"]
    if command == "make":
        make(" ".join(names))
    else:
        check()


def check():
    with migrated():
        from flask_migrate import check

        check()


def make(name):
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise Trouble(USAGE)
    before, revision = set(VERSIONS.glob("*.py")), next_number()
    with migrated() as options:
        from flask_migrate import migrate

        options["process_revision_directives"] = leave_out_empty
        with redirect_stdout(io.StringIO()):
            migrate(message=name.replace("_", " ").capitalize(), rev_id=revision)
    made = set(VERSIONS.glob("*.py")) - before
    for file in made:
        tidy(file)
        say(READ.format(file.relative_to(ROOT)))
    if not made:
        say("The migrations make the models as they are; there is nothing to write.")


def next_number():
    if len(ends := sorted(newest())) > 1:
        raise Trouble(
            f"The migrations {' and '.join(ends)} follow the same one; let one follow the other first."
        )
    return f"{int(ends[0]) + 1:04}"


def leave_out_empty(_context, _revision, directives):
    """A file is written for each directive that is left."""
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


def tidy(file):
    file.write_text(NOISE.sub("", file.read_text()))
    ruff = Path(sys.executable).with_name("ruff")
    for command in (("check", "--quiet", "--select", "F401", "--fix"), FORMAT):
        run([ruff, *command, file], f"{file.name} cannot be made tidy.")


@contextmanager
def migrated():
    """Within the application, on a database that the migrations made from empty; yields what Alembic is told."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/check.sqlite"
        os.environ["CITYEXCHANGE_ENV"] = "test"

        from flask_migrate import upgrade

        from cityexchange.core import migrating
        from wsgi import app

        migrating.init_app(app)
        with app.app_context():
            upgrade()
            yield app.extensions["migrate"].configure_args


if __name__ == "__main__":
    main()

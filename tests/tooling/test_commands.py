"""What a command says when its database or its folder is not as it needs them: one sentence, as `make run` does."""

import contextvars
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cityexchange.app import create_app
from cityexchange.core.trouble import Trouble
from config import DevelopmentConfig
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.no_app
ARGUMENTS = {"members team": ["claire@lyon.example", "admin", "--name", "Claire"]}


def flask(*command, folder, database):
    environment = {**os.environ, "DATA_FOLDER": str(folder), "DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def assert_says_in_one_sentence(done, *words):
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def application(folder, database):
    class Settings(DevelopmentConfig):
        DATA_FOLDER = FILES_URL = str(folder)
        SQLALCHEMY_DATABASE_URI = f"sqlite:///{database}"
        REDIS_URL = MAIL_URL = None

    return create_app(Settings)


def names_of(commands, before=""):
    for name, command in commands.items():
        path = f"{before} {name}".strip()
        yield from names_of(command.commands, path) if isinstance(command, click.Group) else [path]


def say(app, command):
    arguments = [*command.split(), *ARGUMENTS.get(command, ())]
    return contextvars.Context().run(app.test_cli_runner().invoke, args=arguments)


def test_folders_that_are_missing_are_made(tmp_path):
    database = tmp_path / "far" / "away" / "x.sqlite"

    done = flask("db", "upgrade", folder=tmp_path / "else" / "where", database=database)

    assert done.returncode == 0, done.stderr
    assert database.is_file() and (tmp_path / "else" / "where").is_dir()


@pytest.mark.parametrize(("command", "place"), [("db upgrade", "file"), ("worker", "file/below")])
def test_a_folder_that_cannot_be_written_is_told(command, place, tmp_path):
    (tmp_path / "file").write_text("")
    folder, good = tmp_path / place, tmp_path / "good"

    done = flask(*command.split(), folder=folder, database=good / "x.sqlite")

    assert_says_in_one_sentence(done, str(folder), "DATA_FOLDER")


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_database_whose_folder_cannot_be_written_is_told(place, tmp_path):
    (tmp_path / "file").write_text("")
    folder = tmp_path / place

    with pytest.raises(Trouble, match=rf"{folder} .*DATABASE_URL"):
        application(tmp_path, folder / "x.sqlite")


def test_what_is_no_database_is_told_before_it_is_migrated(tmp_path):
    (tmp_path / "x.sqlite").write_text("a letter, and no database, though it has the name of one\n" * 20)

    done = flask("db", "upgrade", folder=tmp_path, database=tmp_path / "x.sqlite")

    assert_says_in_one_sentence(done, "x.sqlite", "not a database", "DATABASE_URL")


def test_every_command_tells_of_a_database_without_tables(tmp_path):
    app = application(tmp_path, tmp_path / "empty.sqlite")

    said = {name: say(app, name) for name in names_of(app.cli.commands)}

    assert {"worker", "demo load", "demo volume", "themes load", "retention count"} <= said.keys()
    for name, result in said.items():
        assert result.exit_code == 1, name
        assert result.output.count("\n") == 1 and "flask --app wsgi db upgrade" in result.output, name


def test_every_command_tells_of_what_is_no_database(tmp_path):
    app = application(tmp_path, tmp_path / "x.sqlite")
    (tmp_path / "x.sqlite").mkdir()

    for name in names_of(app.cli.commands):
        result = say(app, name)
        assert result.exit_code == 1, name
        assert result.output.count("\n") == 1 and "cannot be opened" in result.output, name


def test_a_fault_of_ours_keeps_its_traceback(tmp_path):
    app = application(tmp_path, tmp_path / "x.sqlite")

    @app.cli.command()
    def stumble():
        raise LookupError("ours")

    assert isinstance(say(app, "stumble").exception, LookupError)


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    app = application(tmp_path, tmp_path / "x.sqlite")

    @app.cli.command()
    def save():
        shutil.copy(ROOT / "wsgi.py", tmp_path / "missing" / "copy.py")

    result = say(app, "save")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ") and "missing/copy.py" in result.output

"""A start where everything is there already: nothing is done twice, and what has changed meanwhile is seen."""

import os
import shutil
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, inspect

from cityexchange import migrations
from tests.prepared import community, database_with, nobody
from tests.services import ROOT, free_port
from tests.session import new_database

pytestmark = pytest.mark.no_app
sys.path.append(str(ROOT / "deploy"))

from prepare import seen  # noqa: E402

PREPARE = """
import runpy, sys
sys.path.insert(0, "deploy")
runpy.run_path("deploy/prepare.py", run_name="__main__")
print("with the application" if "cityexchange.app" in sys.modules else "by reading alone")
"""
MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = '0999'
down_revision = {newest!r}


def upgrade():
    op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))
    {more}
"""
WAIT = """
import sys
sys.path.insert(0, "deploy")
import run
run.SECONDS_OF_SILENCE = 0
code, base = sys.argv[1:]


@run.plainly
def main():
    household = [run.start("web server", [sys.executable, "-c", code])]
    try:
        run.wait_until_it_answers(base, household)
        run.say("It answers.")
    finally:
        run.end(household)


main()
"""
SLOW_SERVER = """
import http.server
input()
http.server.HTTPServer(("127.0.0.1", {port}), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


@pytest.fixture
def house(tmp_path):
    """A working copy whose code may change: it borrows what is not code."""
    house = tmp_path / "house"
    for name in ("deploy", "cityexchange"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.py", "wsgi.py", "templates", "static", "translations"):
        (house / name).symlink_to(ROOT / name)
    return house


def prepare(place, folder, url, kind="test"):
    settings = {"CITYEXCHANGE_ENV": kind, "DATA_FOLDER": str(folder), "DATABASE_URL": url, "BASE_URL": ""}
    environment = {**os.environ, **settings}
    return subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=place, env=environment, capture_output=True, text=True
    )


def add_migration(house, more=""):
    (newest,) = migrations.newest()
    file = house / "cityexchange" / "migrations" / "versions" / "0999_later.py"
    file.write_text(MIGRATION.format(newest=newest, more=more))


def has_later(url):
    engine = create_engine(url)
    try:
        return inspect(engine).has_table("later")
    finally:
        engine.dispose()


def assert_is_refused_in_one_sentence(done, *words):
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_the_first_start_makes_the_tables_and_the_second_does_not_even_load_the_application(tmp_path):
    url = new_database("twice", tmp_path)
    assert "with the application" in prepare(ROOT, tmp_path, url).stdout
    assert "by reading alone" in prepare(ROOT, tmp_path, url).stdout


def test_a_community_that_is_there_is_seen_by_reading_alone(tmp_path):
    url = database_with(community, "lived_in", tmp_path)
    assert "by reading alone" in prepare(ROOT, tmp_path, url, "development").stdout


def test_a_house_that_nobody_lives_in_is_seen_to_be_empty(tmp_path):
    assert seen(database_with(nobody, "empty", tmp_path)) == (migrations.newest(), False)


def test_a_new_migration_is_applied_once(house, tmp_path):
    url = database_with(nobody, "updated", tmp_path)
    add_migration(house)
    assert "with the application" in prepare(house, tmp_path, url).stdout
    assert has_later(url)
    assert "by reading alone" in prepare(house, tmp_path, url).stdout


def test_a_migration_that_was_cut_off_is_not_taken_as_done(house, tmp_path):
    url = database_with(nobody, "half", tmp_path)
    add_migration(house, "import os; os._exit(9)")
    assert prepare(house, tmp_path, url).returncode == 9
    assert not has_later(url)
    add_migration(house)
    assert "with the application" in prepare(house, tmp_path, url).stdout
    assert has_later(url)


def test_a_database_that_is_newer_than_the_code_is_told(house, tmp_path):
    url = database_with(nobody, "newer", tmp_path)
    add_migration(house)
    assert prepare(house, tmp_path, url).returncode == 0
    assert_is_refused_in_one_sentence(prepare(ROOT, tmp_path, url), "newer than this code", "0999")


@pytest.mark.parametrize(
    "server", ["postgresql+psycopg://ana:s3cret@127.0.0.1:{port}/city", "sqlite:///{folder}"]
)
def test_a_database_that_cannot_be_opened_is_told(server, tmp_path):
    url = server.format(port=free_port(), folder=tmp_path)
    done = prepare(ROOT, tmp_path, url)
    assert_is_refused_in_one_sentence(done, "cannot be opened", "DATABASE_URL")
    assert "s3cret" not in done.stderr


def wait_for_server(code, port):
    command = [sys.executable, "-c", WAIT, code, f"http://127.0.0.1:{port}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)


def test_a_slow_server_is_waited_for_and_the_person_is_told_once():
    port = free_port()
    with wait_for_server(SLOW_SERVER.format(port=port), port) as waiting:
        assert "still starting" in waiting.stdout.readline()
        waiting.stdin.write("\n")
        waiting.stdin.flush()
        assert waiting.stdout.read() == "It answers.\n"
    assert waiting.returncode == 0


def test_a_server_that_ended_is_not_waited_for():
    with wait_for_server("raise SystemExit(3)", free_port()) as waiting:
        assert "The web server ended by itself (code 3)" in waiting.stderr.read()
    assert waiting.returncode == 1

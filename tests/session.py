"""The test session as a whole: which database it runs on, what it may leave out. A plugin of tests/conftest.py.

CITYEXCHANGE_TEST_DATABASE=sqlite (or nothing) or postgresql. CITYEXCHANGE_TEST_ONLY=database leaves out what has run on another
database already and would do the same on this one. One PostgreSQL serves all parallel workers, each with
a database of its own; it is started by the first process and told to the others through the environment.
"""

import os
import re
import sqlite3
from contextlib import closing

import pytest

from tests.services import PROGRAMS, PostgreSQL, find_program

SERVER = "CITYEXCHANGE_TEST_POSTGRESQL"
SKIPPED_IN_CI = 9
"""An exit code of its own: deploy/test.py forgives a few that fail among others, but nothing that was left out."""
ONCE = ("tests/architecture/", "tests/browser/", "tests/design/", "tests/tooling/")
_server = None


def database_kind():
    return os.environ.get("CITYEXCHANGE_TEST_DATABASE") or "sqlite"


def is_first_process(config):
    return not hasattr(config, "workerinput")


def new_database(name, folder, kind=None, like=None):
    """The URL of a new database: a file in `folder`, or a database of the session's PostgreSQL.

    It is empty, or `like` the one at that URL, which is of the same kind and at rest.
    """
    if (kind or database_kind()) == "sqlite":
        return _new_file(f"sqlite:///{folder}/{name}.sqlite", like)
    import psycopg  # only here: the first process of a SQLite run must not pay for it

    name = re.sub(r"\W", "_", f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")[:60].lower()
    server = postgresql_server()
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as line:
        line.execute(f'drop database if exists "{name}" with (force)')
        line.execute(f'create database "{name}" template "{like.rsplit("/", 1)[1] if like else "template1"}"')
    return server.rsplit("/", 1)[0] + f"/{name}"


def _new_file(url, like):
    if like:
        # Not as a file: what was written last may stand in the log beside it.
        with closing(_opened(like)) as old, closing(_opened(url)) as new:
            old.backup(new)
    return url


def _opened(url):
    return sqlite3.connect(url.removeprefix("sqlite:///"))


def postgresql_server():
    """The URL of the session's PostgreSQL, started when first asked for."""
    global _server
    if SERVER not in os.environ:
        _server = PostgreSQL().start()
        os.environ[SERVER] = _server.url()
    return os.environ[SERVER]


def pytest_configure(config):
    if database_kind() not in {"sqlite", "postgresql"}:
        raise pytest.UsageError("CITYEXCHANGE_TEST_DATABASE must be sqlite or postgresql.")
    if database_kind() == "postgresql" and is_first_process(config):
        if not find_program("postgresql"):
            raise pytest.UsageError(
                "PostgreSQL 15 is missing; run the suite on sqlite, or: apt-get install postgresql-15"
            )
        postgresql_server()


def pytest_unconfigure(config):
    global _server
    if _server:
        _server.stop()
        _server = None
        os.environ.pop(SERVER, None)


def stands_on_a_database(item):
    """Whether it may go otherwise on another database: it has the application, or says so by the mark `every_database`."""
    if item.get_closest_marker("every_database"):
        return True
    return not item.nodeid.startswith(ONCE) and not item.get_closest_marker("no_app")


def pytest_collection_modifyitems(config, items):
    if os.environ.get("CITYEXCHANGE_TEST_ONLY") == "database":
        config.hook.pytest_deselected(items=[item for item in items if not stands_on_a_database(item)])
        items[:] = filter(stands_on_a_database, items)
    for item in items:
        needed = {name for mark in item.iter_markers("needs") for name in mark.args}
        if item.get_closest_marker("browser"):
            needed.add("chromium")
        if unknown := needed - PROGRAMS.keys():
            raise pytest.UsageError(f"{item.nodeid} needs {unknown}, which tests/services.py does not know")
        if missing := [name for name in sorted(needed) if not find_program(name)]:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}"))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if os.environ.get("CI") and is_first_process(session.config) and left_out(session.config):
        session.exitstatus = SKIPPED_IN_CI


def pytest_terminal_summary(terminalreporter, config):
    if os.environ.get("CI") and (names := left_out(config)):
        terminalreporter.section("In CI nothing may be skipped", red=True)
        for name in names:
            terminalreporter.line(name)


def left_out(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = (
        [report for kind in ("skipped", "xfailed") for report in reporter.stats.get(kind, [])]
        if reporter
        else []
    )
    return [f"{report.nodeid}: {_reason(report)}" for report in reports]


def _reason(report):
    return (
        report.longrepr[2]
        if isinstance(report.longrepr, tuple)
        else getattr(report, "wasxfail", "expected to fail")
    )

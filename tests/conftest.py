"""One application a test process, a clean database a test, each request in a context of its own."""

import contextvars
import gc
import threading
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright
from sqlalchemy import event

from cityexchange.app import create_app
from cityexchange.core import sockets
from cityexchange.core.db import db
from cityexchange.core.limits.stores import PROCESS
from cityexchange.core.sockets import socketio
from cityexchange.members.models import SignInSession
from config import TestConfig
from tests.freshness import unwatched, watch
from tests.services import CHROMIUM_ARGUMENTS, find_program
from tests.tables import empty_tables, number_apart, tables_with_rows

pytest_plugins = ["tests.session", "tests.prepared", "tests.patience"]
PASSWORD = "cityexchange"
gc.disable()  # as wsgi.py does: with it, collecting the tests takes two thirds more


class Browser(FlaskClient):
    """Runs each request in a context of its own, so nothing leaks in from the test or the last request."""

    def open(self, *args, **kwargs):
        db.session.commit()
        response = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        return response

    def sign_in(self, member):
        """Signs in without the form: a session row and its cookie, as the view would make them."""
        _, secret = SignInSession.begin(member)
        db.session.commit()
        with self.session_transaction() as session:
            session["sign_in"], session["_user_id"], session["_fresh"] = secret, member.get_id(), True
        return self


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop():
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def app(tmp_path_factory, database_url):
    from tests.prepared import share_made_files, share_templates  # pytest loads it, as a plugin of ours

    folder = tmp_path_factory.mktemp("data")
    share_made_files(folder)

    class Settings(TestConfig):
        DATA_FOLDER = str(folder)
        FILES_URL = str(folder / "files")
        SQLALCHEMY_DATABASE_URI = database_url
        REDIS_URL = MAIL_URL = None

    watch()
    app = create_app(Settings)
    app.test_client_class = Browser
    share_templates(app)
    with app.app_context():
        db.create_all()
        number_apart()
    yield app
    with app.app_context():
        assert not tables_with_rows(), (
            "somebody else wrote these, and left them to the tests behind (tests/tables.py)"
        )


@pytest.fixture(scope="session")
def database_url(tmp_path_factory):
    """SQLite in a file of this process, or PostgreSQL where CITYEXCHANGE_TEST_DATABASE says so (tests/session.py)."""
    from tests.session import new_database  # pytest loads it, as a plugin of ours

    return new_database("suite", tmp_path_factory.mktemp("database"))


@pytest.fixture(autouse=True)
def database(request):
    """Each test finds an empty database, and nothing counted. Tests that need no application say so with the mark `no_app`."""
    if request.node.get_closest_marker("no_app"):
        yield None
        return
    app = request.getfixturevalue("app")
    take_back_socketio(app)
    PROCESS.tries.clear()
    app.extensions["tallies"].clear()
    with app.app_context():
        yield db
        db.session.rollback()
        empty_tables()


def take_back_socketio(app):
    """A process has one SocketIO, which serves the application made last: a test may have made one of its own."""
    if socketio.server is not app.extensions.get("socketio_of_tests"):
        sockets.init_app(app)
        app.extensions["socketio_of_tests"] = socketio.server


@pytest.fixture
def sign_in(app):
    return lambda member: app.test_client().sign_in(member)


@pytest.fixture
def visitor(app):
    return app.test_client()


@pytest.fixture
def connect(app, sign_in):
    """A live connection of a member, as a list of what it has heard."""
    return lambda member: Line(app, sign_in(member))


class Line:
    """`greeting` is what a line is told as it begins; what was heard is all that came since."""

    def __init__(self, app, browser):
        db.session.commit()
        self.client = contextvars.Context().run(socketio.test_client, app, flask_test_client=browser)
        self.greeting = self.heard() if self.client.is_connected() else []

    def say(self, event, **data):
        db.session.commit()
        answer = contextvars.Context().run(self.client.emit, event, data, callback=True)
        db.session.expire_all()
        return answer

    def heard(self):
        return [(e["name"], e["args"][0]) for e in self.client.get_received()]

    def heard_of_posts(self):
        """Without what the bell tells beside."""
        return [(event, payload) for event, payload in self.heard() if event.startswith("post:")]


@pytest.fixture
def huey(app):
    """The worker's door, where nobody has knocked of late."""
    from tests.patience import PATIENCE  # pytest loads it, as a plugin of ours

    huey, waker = app.extensions["huey"], app.extensions["waker"]
    for timer in threading.enumerate():
        if isinstance(timer, threading.Timer):
            timer.join(PATIENCE)
    waker.sent_at.clear()
    huey.storage.flush_queue()
    yield huey
    huey.storage.flush_queue()


@pytest.fixture
def count_queries(app):
    @contextmanager
    def counting():
        db.session.commit()
        statements = []

        def record(conn, cursor, statement, *rest):
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", record)
        try:
            with unwatched():
                yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", record)

    return counting


@pytest.fixture(scope="session")
def chromium():
    """One real browser for all tests of this process: Playwright runs once in a process, or not at all."""
    from tests.browser.waiting import patient  # which imports a plugin of ours, that pytest loads

    with sync_playwright() as playwright:
        path = find_program("chromium")
        browser = patient(playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()

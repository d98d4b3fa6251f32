"""A real Chromium against the real server: one of each for a test process, a fresh browser profile for each test."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import NullPool, create_engine
from sqlalchemy import text as sql

from tests.browser.pages import MEMBERS, PASSWORD
from tests.prepared import community, database_with
from tests.services import LiveServer


@pytest.hookimpl(tryfirst=True)  # before tests/session.py looks at the marks
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(__file__.rsplit("/", 1)[0]):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def live_server(tmp_path_factory):
    """The running application with the illustrative community in it; tests share it, so they tidy up or do no harm."""
    folder = tmp_path_factory.mktemp("live")
    # A few members do in a minute what a town hall writes in a day.
    server = LiveServer(folder, database_with(community, "live", folder), WRITE_LIMIT_FACTOR="10")
    with server, server.worker():
        yield server


def in_database(server, statement, **values):
    """The rows that a statement finds in the database of the running application; none of one that changes something."""
    engine = create_engine(server.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        found = connection.execute(sql(statement), values)
        return found.all() if found.returns_rows else []


def forget_drafts(server):
    """Members of the community whom tests share find on the server what an earlier test began."""
    in_database(server, "DELETE FROM drafts")


@pytest.fixture
def visit(chromium, live_server, signed_in):
    """visit(): a page in a browser profile of its own; visit(locale="ar", java_script_enabled=False, ...) as Playwright names it."""
    profiles = []
    forget_drafts(live_server)

    def visit(width=1280, height=900, **options):
        usual = {"base_url": live_server.base_url, "viewport": {"width": width, "height": height}}
        profile = chromium.new_context(**usual | options)
        profiles.append(profile)
        return profile.new_page()

    yield visit
    for profile in profiles:
        profile.close()
    ended = signed_in.ended()
    assert not ended, (
        f"{ended}: signed out by this test, who are signed in for all others; it needs somebody of its own"
    )


@pytest.fixture
def page(visit):
    return visit()


class SignedIn:
    """signed_in("claire"): her cookies, from one sign-in for all tests of this process. A test that signs out signs in itself."""

    def __init__(self, chromium, server):
        self.chromium, self.server = chromium, server
        self.states, self.rows = {}, {}

    def __call__(self, member):
        if member not in self.states:
            self.states[member] = self.sign_in(MEMBERS[member])
            newest = "SELECT max(s.id) FROM sign_in_sessions s JOIN members m ON m.id = s.member_id WHERE m.email = :email"
            self.rows[member] = in_database(self.server, newest, email=MEMBERS[member])[0][0]
        return self.states[member]

    def sign_in(self, email):
        profile = self.chromium.new_context(base_url=self.server.base_url)
        page = profile.new_page()
        page.goto("/sign-in")
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("/")
        state = profile.storage_state()
        profile.close()
        return state

    def ended(self):
        """Whose is over, by a sign-out or a suspension. They sign in anew for the tests behind."""
        over = {
            row.id
            for row in in_database(self.server, "SELECT id FROM sign_in_sessions WHERE ended_at IS NOT NULL")
        }
        names = [member for member, row in self.rows.items() if row in over]
        for member in names:
            del self.states[member], self.rows[member]
        return names


@pytest.fixture(scope="session")
def signed_in(chromium, live_server):
    return SignedIn(chromium, live_server)


@pytest.fixture
def visit_as(visit, signed_in):
    """visit_as("claire", width=390): a page in a profile of its own, where she is signed in already; "visitor" is nobody."""
    return lambda member, **options: visit(
        **options, **({} if member == "visitor" else {"storage_state": signed_in(member)})
    )


def begin_to_write(page):
    """Puts the cursor into a room's composer, whose module is fetched then."""
    page.focus(".composer textarea")
    expect(page.locator(".composer[data-is-ready]")).to_be_attached()


def say(page, *words):
    begin_to_write(page)
    for text in words:
        page.fill(".composer textarea", text)
        page.keyboard.press("Enter")

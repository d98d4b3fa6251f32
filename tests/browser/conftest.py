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


def forget_drafts(server):
    """Members of the community whom tests share find on the server what an earlier test began."""
    engine = create_engine(server.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sql("DELETE FROM drafts"))


@pytest.fixture
def visit(chromium, live_server):
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


@pytest.fixture
def page(visit):
    return visit()


@pytest.fixture(scope="session")
def signed_in(chromium, live_server):
    """signed_in("claire"): her cookies, from one sign-in for all tests of this process. A test that signs out signs in itself."""
    states = {}

    def signed_in(member):
        if member not in states:
            profile = chromium.new_context(base_url=live_server.base_url)
            page = profile.new_page()
            page.goto("/sign-in")
            page.fill("[name=email]", MEMBERS[member])
            page.fill("[name=password]", PASSWORD)
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_url("/")
            states[member] = profile.storage_state()
            profile.close()
        return states[member]

    return signed_in


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

import pytest

from tests.abuse.world import World
from tests.files.conftest import send, sent  # noqa: F401


@pytest.fixture
def world(sent):  # noqa: F811
    return World(sent)


@pytest.fixture
def browsers(world, app, sign_in, monkeypatch):
    """{role: browser} of all outsiders; who is gone was signed in until their account was closed."""
    monkeypatch.setitem(app.config, "WRITE_LIMIT_FACTOR", 100)  # one visitor tries all doors in a minute
    found = {role: sign_in(member) for role, member in world.people.items()} | {"visitor": app.test_client()}
    world.people["gone"].suspend()
    return found

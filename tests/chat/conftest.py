import pytest

from tests.chat.factories import RoomFactory
from tests.factories import MemberFactory


@pytest.fixture
def room():
    return RoomFactory()


@pytest.fixture
def member():
    return MemberFactory(name="Nour")


@pytest.fixture
def browser(sign_in, member):
    return sign_in(member)


@pytest.fixture
def author():
    return MemberFactory(name="Claire Vasseur")


@pytest.fixture
def line(connect, room, author):
    line = connect(author)
    assert line.say("room:enter", room_id=room.id, after=0)["ok"]
    line.heard()
    return line

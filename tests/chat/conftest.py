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

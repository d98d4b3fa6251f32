import pytest

from tests.factories import MemberFactory
from tests.forums.factories import ForumFactory, start_topic


@pytest.fixture
def ana():
    return MemberFactory(name="Ana Ruiz", locale="en", timezone="Europe/Paris")


@pytest.fixture
def topic():
    return start_topic(ForumFactory(name="Reception"), title="Two desks in one hall")
